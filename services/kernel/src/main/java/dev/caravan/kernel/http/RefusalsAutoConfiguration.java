package dev.caravan.kernel.http;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.context.annotation.Bean;

/** Every service refuses in problem details what no route of its sees, unless it has words of its own. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnClass(TomcatServletWebServerFactory.class)
public class RefusalsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "containerRefusals")
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerRefusals() {
        return ContainerRefusals.by(ContainerProblems.class);
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ServletErrors servletErrors() {
        return new ServletErrors();
    }
}
