package dev.caravan.apigateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.apache.camel.http.common.HttpBinding;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How HTTP reaches the routes and the web page. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private static final Pattern ID = Pattern.compile("[0-9A-Fa-f-]{36}");

    private final String routes;
    private final PagePolicy policy;

    WebConfiguration(@Value("${caravan.routes}") String routes, PagePolicy policy) {
        this.routes = routes;
        this.policy = policy;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/web/assets/")
                .setCacheControl(CacheControl.noCache());
        registry.addResourceHandler("/openapi.yaml")
                .addResourceLocations(routes + "/api-gateway/")
                .setCachePeriod(0);
        registry.addResourceHandler("/index.html").addResourceLocations("classpath:/web/");
        registry.addResourceHandler("/docs/**").addResourceLocations("classpath:/docs-page/");
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        response.setHeader("Content-Security-Policy", policy.alone());
                        response.setHeader("Referrer-Policy", "no-referrer");
                        return true;
                    }
                })
                .addPathPatterns("/", "/index.html", "/assets/**", "/docs", "/docs/**");
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
        registry.addRedirectViewController("/mesh", "/#/mesh");
        registry.addViewController("/docs").setViewName("forward:/docs/index.html");
    }

    /** Nothing of the inside leaves in a header: only what an answer is made of does. */
    @Bean
    HeaderFilterStrategy edgeHeaders() {
        DefaultHeaderFilterStrategy strategy = new DefaultHeaderFilterStrategy();
        strategy.setLowerCase(true);
        strategy.setInFilterStartsWith(DefaultHeaderFilterStrategy.CAMEL_FILTER_STARTS_WITH);
        strategy.setOutFilterPattern(
                "(?i)(?!content-type$|cache-control$|www-authenticate$|retry-after$|allow$|etag$|content-security-policy$|referrer-policy$|location$|tus-|upload-|caravan-video-id$).*");
        return strategy;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> timedHttp(ApiGatewayProperties properties) {
        return factory -> {
            factory.setProtocol(TimedHttp.class.getName());
            factory.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof TimedHttp http) {
                    http.setLongestHead(properties.longestHead());
                }
            });
        };
    }

    @Bean
    HttpBinding uploadBinding(HeaderFilterStrategy edgeHeaders) {
        DefaultHttpBinding binding = new DefaultHttpBinding();
        binding.setHeaderFilterStrategy(edgeHeaders);
        binding.setUseReaderForPayload(false);
        return binding;
    }

    /**
     * On which uploads are forwarded, each for as long as its client takes; one too many is refused. Not those threads on
     * which the answers of gRPC arrive, where the route is after it has asked who calls. It outlives the route's reload.
     */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService uploadThreads(ApiGatewayProperties properties) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("upload-");
        threads.setDaemon(true);
        // Wrapped, so that Camel sees no pool whose caller it could have do the work.
        return Executors.unconfigurableExecutorService(new ThreadPoolExecutor(
                0, properties.maxUploads(), 60, TimeUnit.SECONDS, new SynchronousQueue<>(), threads));
    }

    /** As {@link #uploadBinding}, with the last segment of the path as the header {@code id}. */
    @Bean
    HttpBinding tusBinding(HeaderFilterStrategy edgeHeaders) {
        DefaultHttpBinding binding = new DefaultHttpBinding() {
            @Override
            public void readRequest(HttpServletRequest request, Message message) {
                super.readRequest(request, message);
                String path = request.getRequestURI();
                String last = path.substring(path.lastIndexOf('/') + 1);
                message.setHeader("id", ID.matcher(last).matches() ? last : "unknown");
            }
        };
        binding.setHeaderFilterStrategy(edgeHeaders);
        binding.setUseReaderForPayload(false);
        return binding;
    }

    /** One of the paths whose body is a stream; the contract's other paths keep theirs in memory. */
    @Bean
    ServletRegistrationBean<StreamServlet> uploadServlet() {
        return streaming("apiGatewayUpload", "/videos/upload", "POST", "OPTIONS");
    }

    @Bean
    ServletRegistrationBean<StreamServlet> resumableServlet() {
        return streaming("apiGatewayResumable", GatewayRequest.RESUMABLE, "OPTIONS", "POST");
    }

    @Bean
    ServletRegistrationBean<StreamServlet> resumableUploadServlet() {
        return streaming(
                "apiGatewayResumableUpload", GatewayRequest.RESUMABLE + "/*", "OPTIONS", "HEAD", "PATCH", "DELETE");
    }

    private static ServletRegistrationBean<StreamServlet> streaming(String name, String path, String... methods) {
        ServletRegistrationBean<StreamServlet> registration =
                new ServletRegistrationBean<>(new StreamServlet(methods), path);
        registration.setName(name);
        registration.setLoadOnStartup(1);
        return registration;
    }
}
