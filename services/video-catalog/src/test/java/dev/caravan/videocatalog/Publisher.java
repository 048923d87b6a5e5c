package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Publishes as our services do, on the exchange, or as foreign ones do, to a queue by its name. */
final class Publisher implements AutoCloseable {

    static final String COMPLETED_QUEUE = "VideoCatalogService";
    static final String EVENTS_QUEUE = "VideoCatalogEvents";
    static final String DEAD_LETTERS = "DeadLetters";

    /** With every message. */
    private static final Map<String, Object> HOSTILE = Map.of(
            "Authorization", "Bearer secret",
            "CamelSqlQuery", "DROP TABLE videos",
            "cAmElSqlQuery", "DROP TABLE videos",
            "CamelAwsS3Key", "evil",
            "CamelSpringRabbitmqRoutingOverrideKey", "evil",
            "CamelSpringRabbitmqExchangeOverrideName", "evil",
            "CamelHttpUri", "http://127.0.0.1:1/evil",
            "CamelFileName", "../../evil",
            "x-user-id", "1");

    private final Connection connection;
    private final Channel channel;

    Publisher() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(Servers.brokerPort());
        factory.setUsername(Servers.brokerUsername());
        factory.setPassword(Servers.brokerPassword());
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    /** On a server of the test's own. */
    Publisher(ConnectionFactory factory) throws IOException, TimeoutException {
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    /** As the foreign services declare: durable, without arguments. */
    void declareAsOthersDo() throws IOException {
        channel.queueDeclare("EncodeService", true, false, false, null);
        channel.queueDeclare(COMPLETED_QUEUE, true, false, false, null);
    }

    /** On our exchange. */
    void publish(String key, String body) throws Exception {
        send("video", key, body.getBytes(UTF_8), "application/json");
    }

    /** On the default exchange. */
    void sendTo(String queue, String body) throws Exception {
        send("", queue, body.getBytes(UTF_8), "application/json");
    }

    void sendTo(String queue, byte[] body, String contentType) throws Exception {
        send("", queue, body, contentType);
    }

    private void send(String exchange, String key, byte[] body, String contentType) throws Exception {
        send(
                exchange,
                key,
                body,
                new AMQP.BasicProperties.Builder()
                        .contentType(contentType)
                        .headers(HOSTILE)
                        .build());
    }

    /** As a service puts a message aside, or anybody anything. */
    void putAside(byte[] body, AMQP.BasicProperties properties) throws Exception {
        send("", DEAD_LETTERS, body, properties);
    }

    private void send(String exchange, String key, byte[] body, AMQP.BasicProperties properties) throws Exception {
        channel.basicPublish(
                exchange, key, true, properties.builder().deliveryMode(2).build(), body);
        channel.waitForConfirmsOrDie(60_000);
    }

    void declare(String queue) throws IOException {
        channel.queueDeclare(queue, true, false, false, null);
    }

    /** To what our exchange has under a key from now on; returns the name of the queue, which goes with the connection. */
    String listen(String key) throws IOException {
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "video", key);
        return queue;
    }

    /** From our exchange. */
    void unbind(String queue, String key) throws IOException {
        channel.queueUnbind(queue, "video", key);
    }

    void delete(String queue) throws IOException {
        channel.queueDelete(queue);
    }

    /** The next message in a queue that nobody else reads. */
    GetResponse take(String queue) {
        AtomicReference<GetResponse> message = new AtomicReference<>();
        await().atMost(Duration.ofMinutes(1)).pollDelay(Duration.ZERO).until(() -> {
            message.set(channel.basicGet(queue, true));
            return message.get() != null;
        });
        return message.get();
    }

    /** Takes all that waits in a queue that nobody else reads. */
    void drain(String queue) throws IOException {
        channel.queuePurge(queue);
    }

    /** Takes the next message in a queue and gives it back, or rejects it for good. */
    void refuse(String queue, boolean requeue) {
        AtomicReference<GetResponse> message = new AtomicReference<>();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            message.set(channel.basicGet(queue, false));
            return message.get() != null;
        });
        try {
            channel.basicNack(message.get().getEnvelope().getDeliveryTag(), false, requeue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Messages that wait in a queue, unacknowledged ones left out. */
    long waiting(String queue) throws IOException {
        return channel.messageCount(queue);
    }

    /** Also when the broker has gone. */
    @Override
    public void close() {
        connection.abort();
    }
}
