package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Publishes as our services do, on the exchange, or as foreign ones do, to a queue by its name. */
final class Publisher implements AutoCloseable {

    static final String COMPLETED_QUEUE = "VideoCatalogService";
    static final String EVENTS_QUEUE = "VideoCatalogEvents";
    static final String DEAD_LETTERS = "DeadLetters";

    private final Connection connection;
    private final Channel channel;

    Publisher() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(Servers.BROKER.port());
        factory.setUsername(Servers.BROKER.username());
        factory.setPassword(Servers.BROKER.password());
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    /** As the foreign services declare: durable, without arguments. */
    void declareAsOthersDo() throws IOException {
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
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .contentType(contentType)
                .deliveryMode(2)
                .headers(Map.of("Authorization", "Bearer secret", "CamelSqlQuery", "DROP TABLE videos"))
                .build();
        channel.basicPublish(exchange, key, true, properties, body);
        channel.waitForConfirmsOrDie(10_000);
    }

    /** The next message in the queue of dead letters. */
    GetResponse takeDeadLetter() {
        AtomicReference<GetResponse> letter = new AtomicReference<>();
        await().until(() -> {
            letter.set(channel.basicGet(DEAD_LETTERS, true));
            return letter.get() != null;
        });
        return letter.get();
    }

    boolean hasDeadLetters() throws IOException {
        return channel.queueDeclarePassive(DEAD_LETTERS).getMessageCount() > 0;
    }

    /** Messages that wait in a queue, unacknowledged ones left out. */
    long waiting(String queue) throws IOException {
        return channel.messageCount(queue);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
