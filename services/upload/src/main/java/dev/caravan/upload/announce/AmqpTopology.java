package dev.caravan.upload.announce;

import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where announcements go, where the news of deleted videos come from, and where what nobody understands is kept. It is
 * declared anew with each connection, so neither the order of starts nor a broker that lost its data matters.
 */
@Configuration(proxyBeanMethods = false)
class AmqpTopology {

    private static final String ENCODE_UPLOADED_VIDEO = "EncodeUploadedVideo";
    private static final String VIDEO_DELETED = "VideoDeleted";

    @Bean
    Declarables topology(
            @Value("${amqp.exchange}") String exchangeName,
            @Value("${amqp.encode-queue}") String encodeQueue,
            @Value("${amqp.upload-events-queue}") String eventsQueue,
            @Value("${amqp.dead-letter-queue}") String deadLetterQueue) {
        TopicExchange exchange = new TopicExchange(exchangeName);
        Queue uploaded = QueueBuilder.durable(encodeQueue).build();
        Queue deleted = QueueBuilder.durable(eventsQueue).build();
        Queue deadLetters = QueueBuilder.durable(deadLetterQueue).build();
        return new Declarables(
                exchange,
                uploaded,
                deleted,
                deadLetters,
                BindingBuilder.bind(uploaded).to(exchange).with(ENCODE_UPLOADED_VIDEO),
                BindingBuilder.bind(deleted).to(exchange).with(VIDEO_DELETED));
    }
}
