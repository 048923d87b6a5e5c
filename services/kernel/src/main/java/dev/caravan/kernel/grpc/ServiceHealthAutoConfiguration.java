package dev.caravan.kernel.grpc;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Has gRPC health tell what the service's own health checks find. */
@AutoConfiguration
@ConditionalOnClass(HealthEndpoint.class)
public class ServiceHealthAutoConfiguration {

    /** Looked up at the first question: the endpoint asks Camel, whose routes have to be collected before. */
    @Bean
    ServiceHealth serviceHealth(ObjectProvider<HealthEndpoint> endpoint) {
        return () -> Status.UP.equals(endpoint.getObject().health().getStatus());
    }
}
