package dev.caravan.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** A publisher and a catalogue for tests: sends messages as a foreign service does, and hears the events. */
final class Bus implements AutoCloseable {

    static final String DEAD_LETTERS = "DeadLetters";
    private static final List<String> EVENT_QUEUES = List.of("VideoCatalogService", "VideoCatalogEvents");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The trace context of all messages that are sent. */
    static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final CachingConnectionFactory connection;
    private final RabbitTemplate rabbit;
    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();

    Bus(CachingConnectionFactory connection) {
        this.connection = connection;
        this.rabbit = new RabbitTemplate(connection);
        // Whoever comes first declares: exactly so, or the other's declaration is refused.
        RabbitAdmin admin = new RabbitAdmin(connection);
        admin.declareQueue(new Queue(DEAD_LETTERS, true, false, false));
        EVENT_QUEUES.forEach(queue -> admin.declareQueue(new Queue(queue, true, false, false)));
    }

    /** As {@link #send(String, Message)}, the body being JSON. */
    void send(String queue, String body) {
        Message message = MessageBuilder.withBody(Clips.utf8(body))
                .setContentType("application/json")
                .setHeader("authorization", "Bearer secret")
                .setHeader("traceparent", TRACE)
                .build();
        send(queue, message);
    }

    /** On the default exchange, with the queue's name as routing key; the queue is there or made, as others make it. */
    void send(String queue, Message message) {
        new RabbitAdmin(connection).declareQueue(new Queue(queue, true, false, false));
        rabbit.send("", queue, message);
    }

    /** On the topic exchange, as ours do. */
    void publish(String key, String body) {
        rabbit.send("video", key, MessageBuilder.withBody(Clips.utf8(body)).build());
    }

    /** The next event of that kind about a video. */
    JsonNode await(String videoId, String... keys) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        Awaitility.await("one of " + List.of(keys) + " about " + videoId)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                // The broker may be down for a moment.
                .ignoreExceptionsInstanceOf(AmqpException.class)
                .until(() -> {
                    listen();
                    heard.stream()
                            .filter(event ->
                                    List.of(keys).contains(event.path("key").asText()))
                            .filter(event -> about(event).equals(videoId))
                            .findFirst()
                            .ifPresent(event -> {
                                heard.remove(event);
                                found.set(event);
                            });
                    return found.get() != null;
                });
        return found.get();
    }

    /** The data of the event that ends an encoding. */
    JsonNode outcome(String videoId) {
        return await(videoId, "VideoEncodingCompleted", "VideoEncodingFailed");
    }

    /** Whether an event that ends an encoding of this video came and was not asked for yet. */
    boolean hasOutcome(String videoId) {
        listen();
        return heard.stream()
                .filter(event -> !List.of("VideoEncodingProgressed", "VideoPlayable")
                        .contains(event.path("key").asText()))
                .anyMatch(event -> about(event).equals(videoId));
    }

    /** The progress events about a video that came so far, oldest first. */
    List<Integer> progress(String videoId) {
        listen();
        List<Integer> progress = new ArrayList<>();
        for (JsonNode event : heard) {
            if (event.path("key").asText().equals("VideoEncodingProgressed")
                    && about(event).equals(videoId)) {
                progress.add(event.path("data").path("progress").asInt());
            }
        }
        return progress;
    }

    /** What was told of how far a video can be played so far, oldest first. */
    List<JsonNode> playable(String videoId) {
        listen();
        return heard.stream()
                .filter(event -> event.path("key").asText().equals("VideoPlayable"))
                .filter(event -> about(event).equals(videoId))
                .map(event -> event.path("data"))
                .toList();
    }

    /** The next message in a queue. */
    Message next(String queue) {
        AtomicReference<Message> found = new AtomicReference<>();
        Awaitility.await("a message in " + queue)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> {
                    found.compareAndSet(null, rabbit.receive(queue));
                    return found.get() != null;
                });
        return found.get();
    }

    /** Whether a queue holds nothing that waits. */
    boolean isEmpty(String queue) {
        var properties = new RabbitAdmin(connection).getQueueInfo(queue);
        return properties != null && properties.getMessageCount() == 0;
    }

    private synchronized void listen() {
        for (String queue : EVENT_QUEUES) {
            for (Message message = rabbit.receive(queue); message != null; message = rabbit.receive(queue)) {
                if (message.getMessageProperties().getHeaders().containsKey("authorization")) {
                    throw new AssertionError("A secret header travelled on");
                }
                try {
                    heard.add(json.readTree(message.getBody()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static String about(JsonNode event) {
        return event.path("data").path("original_id").asText();
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
