package dev.caravan.videocatalog;

import dev.caravan.kernel.Fault;
import dev.caravan.videocatalog.signature.CdnProperties;
import dev.caravan.videocatalog.signature.PlaybackSigner;
import dev.caravan.videocatalog.signature.PrivateKeyFile;
import java.time.Clock;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Processor;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that are no classes of their own. */
@Configuration(proxyBeanMethods = false)
class VideoCatalogConfiguration {

    private static final String VIDEO_DELETED = "VideoDeleted";

    @Bean
    PlaybackSigner playbackSigner(CdnProperties properties) {
        return new PlaybackSigner(properties, PrivateKeyFile.read(properties.privateKey()), Clock.systemUTC());
    }

    /** For no row where one video's was asked for. */
    @Bean
    Processor refuseUnknownVideo() {
        return exchange -> {
            throw Fault.notFound("VIDEO_UNKNOWN", "There is no such video.");
        };
    }

    /** Of what became of each part, a list. */
    @Bean
    AggregationStrategy groupedBodies() {
        return new GroupedBodyAggregationStrategy();
    }

    /** For no row where one dead letter's was asked for. */
    @Bean
    Processor refuseUnknownDeadLetter() {
        return exchange -> {
            throw Fault.notFound("DEAD_LETTER_UNKNOWN", "There is no such dead letter.");
        };
    }

    /**
     * Where events and dead letters come from, and where the news of deleted and changed videos goes. It is declared anew with each connection, so neither the order of starts nor a broker
     * that lost its data matters. The queues have no arguments, because other publishers declare them without any.
     */
    @Bean
    Declarables events(
            @Value("${amqp.exchange}") String exchangeName,
            @Value("${amqp.catalog-queue}") String completedName,
            @Value("${amqp.catalog-events-queue}") String eventsName,
            @Value("${amqp.upload-events-queue}") String uploadName,
            @Value("${amqp.encode-events-queue}") String encodeName,
            @Value("${amqp.webhooks-queue}") String webhooksName,
            @Value("${amqp.dead-letter-queue}") String deadLettersName) {
        TopicExchange exchange = new TopicExchange(exchangeName);
        Queue completed = QueueBuilder.durable(completedName).build();
        Queue events = QueueBuilder.durable(eventsName).build();
        Queue uploadEvents = QueueBuilder.durable(uploadName).build();
        Queue encodeEvents = QueueBuilder.durable(encodeName).build();
        return new Declarables(
                exchange,
                completed,
                events,
                uploadEvents,
                encodeEvents,
                QueueBuilder.durable(webhooksName).build(),
                QueueBuilder.durable(deadLettersName).build(),
                BindingBuilder.bind(completed).to(exchange).with("VideoEncodingCompleted"),
                BindingBuilder.bind(events).to(exchange).with("EncodeUploadedVideo"),
                BindingBuilder.bind(events).to(exchange).with("VideoEncodingProgressed"),
                BindingBuilder.bind(events).to(exchange).with("VideoPlayable"),
                BindingBuilder.bind(events).to(exchange).with("VideoEncodingFailed"),
                BindingBuilder.bind(uploadEvents).to(exchange).with(VIDEO_DELETED),
                BindingBuilder.bind(encodeEvents).to(exchange).with(VIDEO_DELETED),
                BindingBuilder.bind(encodeEvents).to(exchange).with("VideoUpdated"));
    }
}
