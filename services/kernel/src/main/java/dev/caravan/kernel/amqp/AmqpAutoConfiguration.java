package dev.caravan.kernel.amqp;

import dev.caravan.kernel.mesh.Bindings;
import dev.caravan.kernel.mesh.ServiceMap;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.retry.interceptor.RetryOperationsInterceptor;

/** What services that speak AMQP get. */
@AutoConfiguration(after = RabbitAutoConfiguration.class)
@ConditionalOnClass(SpringRabbitMQComponent.class)
public class AmqpAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AmqpAutoConfiguration.class);

    /** The {@code spring-rabbitmq:} scheme of the routes. */
    @Bean("spring-rabbitmq-component")
    SpringRabbitMQComponent springRabbitmqComponent() {
        return new ConfirmedRabbitComponent();
    }

    @Bean
    @ConditionalOnBean(AmqpAdmin.class)
    DeclareTopology declareTopology(AmqpAdmin broker) {
        return new DeclareTopology(broker);
    }

    /** For shared/outbox. */
    @Bean
    RestoreMessage restoreMessage() {
        return new RestoreMessage();
    }

    /**
     * Gives a message back to its queue when a route ends with an exception, which is when the service stops or not even
     * a failure could be announced. Without it Camel rejects the message for good, or acknowledges and drops it.
     */
    @Bean
    RetryOperationsInterceptor requeueOnFailure() {
        return RetryInterceptorBuilder.stateless()
                .maxAttempts(1)
                .recoverer((message, cause) -> {
                    LOG.warn(
                            "A message goes back to its queue: {}",
                            NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
                    throw new ImmediateRequeueAmqpException("The message could not be dealt with.", cause);
                })
                .build();
    }

    /** What the service declares at the broker, as the map of its routes needs it. */
    @Bean
    Bindings bindings(ObjectProvider<Declarables> declared) {
        return () -> declared.stream()
                .flatMap(declarables -> declarables.getDeclarablesByType(Binding.class).stream())
                .filter(Binding::isDestinationQueue)
                .map(binding -> new ServiceMap.Binding(
                        binding.getExchange(), binding.getRoutingKey(), binding.getDestination()))
                .toList();
    }
}
