package dev.caravan.videocatalog.deadletter;

import dev.caravan.kernel.amqp.DeadLetterHeaders;
import dev.caravan.videocatalog.message.VideoId;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.stereotype.Component;

/**
 * Reads a {@link Message} of the queue of dead letters: one that a service put aside and says by its headers why, one that
 * the broker put aside by its policies, or any other. Afterwards the body is the parameters of a statement.
 */
@Component
class ReadDeadLetter implements Processor {

    private static final String BROKER = "broker";
    private static final String UNKNOWN = "UNKNOWN";
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_QUEUE = 255;
    private static final int LONGEST_ERROR = 2000;
    private static final int LONGEST_TRAIL = 50;

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage().getMandatoryBody(Message.class);
        exchange.getMessage()
                .setBody(new DeadLetter(message, circumstances(message.getMessageProperties())).parameters());
    }

    /** What the broker says comes first: the other headers may be those that the message had when it met its death. */
    private static Circumstances circumstances(MessageProperties properties) {
        Map<String, Object> headers = properties.getHeaders();
        if (headers.get("x-death") instanceof List<?> deaths
                && !deaths.isEmpty()
                && deaths.get(0) instanceof Map<?, ?> death) {
            return byBroker(death);
        }
        return byService(headers, properties.getTimestamp());
    }

    private static Circumstances byBroker(Map<?, ?> death) {
        String reason = Texts.text(death.get("reason"));
        return new Circumstances(
                queue(Texts.text(death.get("queue"))),
                BROKER,
                reason(reason),
                Texts.cut(
                        "The broker put it aside (%s); it had come by exchange \"%s\", keys %s"
                                .formatted(
                                        reason,
                                        Texts.text(death.get("exchange")),
                                        Texts.clean(String.valueOf(death.get("routing-keys")))),
                        LONGEST_ERROR),
                death.get("time") instanceof Date time ? Instant.ofEpochMilli(time.getTime()) : Instant.now(),
                null,
                List.of());
    }

    private static Circumstances byService(Map<String, Object> headers, @Nullable Date timestamp) {
        String service = Texts.header(headers, DeadLetterHeaders.SERVICE, LONGEST_NAME);
        String error = Texts.header(headers, DeadLetterHeaders.FAILURE, LONGEST_ERROR);
        String videoId = Texts.header(headers, DeadLetterHeaders.VIDEO_ID, LONGEST_QUEUE);
        String trail = Texts.header(headers, DeadLetterHeaders.ROUTE_TRAIL, LONGEST_ERROR);
        return new Circumstances(
                queue(Texts.header(headers, DeadLetterHeaders.ORIGIN_QUEUE, LONGEST_QUEUE + 1)),
                service == null ? "unknown" : service,
                reason(Texts.header(headers, DeadLetterHeaders.REASON, LONGEST_NAME)),
                error == null ? "Whoever put it aside did not say why." : error,
                timestamp == null ? Instant.now() : Instant.ofEpochMilli(timestamp.getTime()),
                videoId != null && VideoId.isOne(videoId) ? videoId : null,
                trail == null
                        ? List.of()
                        : Stream.of(trail.split(","))
                                .map(String::strip)
                                .filter(route -> !route.isEmpty())
                                .limit(LONGEST_TRAIL)
                                .toList());
    }

    /** No queue has a longer name. */
    private static @Nullable String queue(@Nullable String name) {
        return name == null || name.isBlank() || name.length() > LONGEST_QUEUE ? null : name;
    }

    private static String reason(@Nullable String told) {
        return told == null || told.isBlank()
                ? UNKNOWN
                : Texts.cut(told, LONGEST_NAME).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }
}
