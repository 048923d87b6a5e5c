package dev.caravan.upload.announce;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where announcements go. It is declared anew with each connection, so neither the order of starts nor a broker that
 * lost its data matters.
 */
@Configuration(proxyBeanMethods = false)
class AmqpTopology {

    @Bean
    Declarables announcements(
            @Value("${amqp.exchange}") String exchangeName, @Value("${amqp.encode-queue}") String queueName) {
        TopicExchange exchange = new TopicExchange(exchangeName);
        Queue queue = QueueBuilder.durable(queueName).build();
        Binding binding = BindingBuilder.bind(queue).to(exchange).with(BuildAnnouncement.KEY);
        return new Declarables(exchange, queue, binding);
    }
}
