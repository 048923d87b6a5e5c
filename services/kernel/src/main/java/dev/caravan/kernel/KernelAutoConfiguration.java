package dev.caravan.kernel;

import dev.caravan.kernel.access.ServiceIdentity;
import dev.caravan.kernel.grpc.GrpcSettings;
import dev.caravan.kernel.grpc.MessageConverter;
import dev.caravan.kernel.grpc.RouteGrpcComponent;
import dev.caravan.kernel.grpc.ServiceHealth;
import dev.caravan.kernel.log.LogContext;
import dev.caravan.kernel.route.LiveDirectComponent;
import dev.caravan.kernel.route.ReloadLock;
import dev.caravan.kernel.route.RememberedPatterns;
import dev.caravan.kernel.route.RouteReload;
import dev.caravan.kernel.route.RouteResources;
import dev.caravan.kernel.route.YamlRoutes;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.CliConnectorFactory;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.ResourcePatternResolver;

/** What every service's context gets. */
@AutoConfiguration
public class KernelAutoConfiguration {

    /** The {@code grpc:} scheme of the routes. */
    @Bean("grpc-component")
    RouteGrpcComponent grpcComponent(
            @Value("${caravan.grpc-deadline}") Duration deadline,
            @Value("${caravan.grpc-threads}") int threads,
            @Value("${caravan.grpc-max-calls}") int maxCalls,
            @Value("${caravan.breaker.calls}") int breakerCalls,
            @Value("${caravan.breaker.failures}") int breakerFailures,
            @Value("${caravan.breaker.pause}") Duration breakerPause,
            ServiceIdentity identity,
            ObjectProvider<ServiceHealth> health,
            ObjectProvider<ServerInterceptor> serverInterceptors,
            ObjectProvider<ClientInterceptor> clientInterceptors) {
        return new RouteGrpcComponent(
                new GrpcSettings(deadline, threads, maxCalls, breakerCalls, breakerFailures, breakerPause),
                identity,
                health.getIfAvailable(() -> () -> true),
                serverInterceptors.orderedStream().toList(),
                clientInterceptors.orderedStream().toList());
    }

    /** Messages of gRPC in the routes. */
    @Bean
    MessageConverter messageConverter() {
        return new MessageConverter();
    }

    /** What this service shows to others, and asks of them. */
    @Bean
    ServiceIdentity serviceIdentity(
            @Value("${spring.application.name}") String service, @Value("${caravan.service-key}") String key) {
        return new ServiceIdentity(service, key, Clock.systemUTC());
    }

    /** For a route that other services reach by HTTP: lets pass whoever shows to be one. */
    @Bean
    Processor requireService(ServiceIdentity identity) {
        return exchange -> {
            identity.check(exchange.getMessage().getHeader(Headers.SERVICE_TOKEN, String.class));
            exchange.getMessage().removeHeader(Headers.SERVICE_TOKEN);
        };
    }

    /** For a route that reaches another service by HTTP. */
    @Bean
    Processor addServiceToken(ServiceIdentity identity) {
        return exchange -> exchange.getMessage().setHeader(Headers.SERVICE_TOKEN, identity.token());
    }

    /** The routes of the files. */
    @Bean
    YamlRoutes yamlRoutes() {
        return new YamlRoutes();
    }

    /** Where they are, when they are in a jar. */
    @Bean
    CamelContextCustomizer routeResources(ResourcePatternResolver spring) {
        return context -> context.getCamelContextExtension()
                .addContextPlugin(PackageScanResourceResolver.class, new RouteResources(context, spring));
    }

    /** Camel opens itself to its command line when it finds the connector, whatever {@code camel.cli.enabled} says. */
    @Bean
    @ConditionalOnProperty(name = "camel.cli.enabled", havingValue = "false", matchIfMissing = true)
    CamelContextCustomizer closedToTools() {
        return context -> {
            CliConnectorFactory found = context.getCamelContextExtension().getContextPlugin(CliConnectorFactory.class);
            if (found != null) {
                found.setEnabled(false);
            }
        };
    }

    /** The {@code direct:} scheme of the routes. */
    @Bean("direct-component")
    LiveDirectComponent directComponent() {
        return new LiveDirectComponent();
    }

    /** For an {@code onException} on what a missing dependency throws: the caller is told 503, not 500. */
    @Bean
    Processor reportUnavailable() {
        return new ReportFault(
                () -> Fault.unavailable("DEPENDENCY_DOWN", "A part of the platform is not available at the moment."));
    }

    /** What each line of the log belongs to. */
    @Bean
    LogContext logContext() {
        return new LogContext();
    }

    /** What {@code removeHeaders} leaves. */
    @Bean
    RememberedPatterns rememberedPatterns() {
        return new RememberedPatterns();
    }

    @Bean
    ReloadLock reloadLock() {
        return new ReloadLock();
    }

    /** Live editing, where the routes are files; begins when Camel has started, ends with it. */
    @Bean
    @ConditionalOnExpression("'${caravan.routes}'.startsWith('file:')")
    CamelContextConfiguration routeReload(
            @Value("${caravan.routes}") String routes,
            @Value("${spring.application.name}") String service,
            @Value("${caravan.live-routes}") String patterns,
            ReloadLock lock) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                // Nothing: the routes are loaded as in production.
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                try {
                    context.addService(new RouteReload(
                            context, Path.of(routes.substring("file:".length())), service, patterns, lock));
                } catch (Exception e) {
                    throw new IllegalStateException("Cannot watch " + routes, e);
                }
            }
        };
    }
}
