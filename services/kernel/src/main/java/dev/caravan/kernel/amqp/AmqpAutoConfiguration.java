package dev.caravan.kernel.amqp;

import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** What services that speak AMQP get. */
@AutoConfiguration
@ConditionalOnClass(SpringRabbitMQComponent.class)
public class AmqpAutoConfiguration {

    /** The {@code spring-rabbitmq:} scheme of the routes. */
    @Bean("spring-rabbitmq-component")
    SpringRabbitMQComponent springRabbitmqComponent() {
        return new ConfirmedRabbitComponent();
    }
}
