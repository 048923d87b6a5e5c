package dev.caravan.encode;

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
 * Where messages come from and go to. It is declared anew with each connection, so neither the order of starts nor a
 * broker that lost its data matters. The queues have no arguments, because other services declare them without any.
 */
@Configuration(proxyBeanMethods = false)
class AmqpTopology {

    @Bean
    Declarables topology(
            @Value("${amqp.exchange}") String exchangeName,
            @Value("${amqp.encode-queue}") String encodeName,
            @Value("${amqp.encode-events-queue}") String encodeEventsName,
            @Value("${amqp.catalog-queue}") String catalogName,
            @Value("${amqp.catalog-events-queue}") String catalogEventsName,
            @Value("${amqp.dead-letter-queue}") String deadLetterName) {
        TopicExchange exchange = new TopicExchange(exchangeName);
        Queue encode = queue(encodeName);
        Queue encodeEvents = queue(encodeEventsName);
        Queue catalog = queue(catalogName);
        Queue catalogEvents = queue(catalogEventsName);
        return new Declarables(
                exchange,
                encode,
                encodeEvents,
                catalog,
                catalogEvents,
                queue(deadLetterName),
                binding(encode, exchange, "EncodeUploadedVideo"),
                binding(encodeEvents, exchange, "VideoDeleted"),
                binding(encodeEvents, exchange, "VideoUpdated"),
                binding(catalog, exchange, "VideoEncodingCompleted"),
                binding(catalogEvents, exchange, "VideoEncodingProgressed"),
                binding(catalogEvents, exchange, "VideoPlayable"),
                binding(catalogEvents, exchange, "VideoEncodingFailed"));
    }

    private static Queue queue(String name) {
        return QueueBuilder.durable(name).build();
    }

    private static Binding binding(Queue queue, TopicExchange exchange, String key) {
        return BindingBuilder.bind(queue).to(exchange).with(key);
    }
}
