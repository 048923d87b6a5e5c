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
 * Where announcements go: to the encoder, and to the catalogue, which shows the video as uploaded. It is declared anew with each connection, so neither the order of starts nor a broker that
 * lost its data matters.
 */
@Configuration(proxyBeanMethods = false)
class AmqpTopology {

    @Bean
    Declarables announcements(
            @Value("${amqp.exchange}") String exchangeName,
            @Value("${amqp.encode-queue}") String encodeQueue,
            @Value("${amqp.catalog-events-queue}") String catalogQueue) {
        TopicExchange exchange = new TopicExchange(exchangeName);
        Queue encode = QueueBuilder.durable(encodeQueue).build();
        Queue catalog = QueueBuilder.durable(catalogQueue).build();
        return new Declarables(exchange, encode, bound(encode, exchange), catalog, bound(catalog, exchange));
    }

    private static Binding bound(Queue queue, TopicExchange exchange) {
        return BindingBuilder.bind(queue).to(exchange).with(BuildAnnouncement.KEY);
    }
}
