package dev.caravan.kernel.http;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Refusals in problem details where metrics and health have a port of their own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementRefusals {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementRefusals() {
        return ContainerRefusals.by(ContainerProblems.class);
    }
}
