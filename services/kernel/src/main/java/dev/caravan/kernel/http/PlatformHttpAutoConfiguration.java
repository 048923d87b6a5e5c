package dev.caravan.kernel.http;

import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Routes from {@code platform-http:} run on the server's own threads: a second pool would only hand requests over. */
@AutoConfiguration(
        beforeName = "org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration")
@ConditionalOnClass(SpringBootPlatformHttpEngine.class)
public class PlatformHttpAutoConfiguration {

    @Bean("platform-http-engine")
    PlatformHttpEngine platformHttpEngine(@Value("${server.port}") int port) {
        return new SpringBootPlatformHttpEngine(port) {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                return new WaitingHttpConsumer(endpoint, processor);
            }
        };
    }

    @Bean
    CamelContextConfiguration httpPaths(ObjectProvider<CamelRequestHandlerMapping> mappings) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.getComponent("platform-http", PlatformHttpComponent.class)
                        .addPlatformHttpListener(new HttpPaths(mappings.getObject()));
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // Nothing: the listener is there before the first path.
            }
        };
    }
}
