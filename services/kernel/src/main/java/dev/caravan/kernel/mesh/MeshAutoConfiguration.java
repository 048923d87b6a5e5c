package dev.caravan.kernel.mesh;

import dev.caravan.kernel.access.ServiceIdentity;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Has every service show its map. */
@AutoConfiguration
@ConditionalOnClass(WebEndpoint.class)
public class MeshAutoConfiguration {

    @Bean
    Traffic traffic() {
        return new Traffic();
    }

    /** Made at the first question: the routes have to be collected before. */
    @Bean
    @Lazy
    MapRoutes mapRoutes(
            CamelContext context,
            Traffic traffic,
            @Value("${spring.application.name}") String service,
            ObjectProvider<Bindings> bindings) {
        return new MapRoutes(context, traffic, service, bindings.getIfAvailable(() -> List::of), Clock.systemUTC());
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    MeshEndpoint meshEndpoint(ObjectProvider<MapRoutes> mapRoutes, ServiceIdentity identity) {
        return new MeshEndpoint(mapRoutes::getObject, identity);
    }
}
