package dev.caravan.embedded;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/** RabbitMQ's client on a channel with publisher confirms. */
final class AmqpClient implements AutoCloseable {
    private static final long CONFIRM_MILLIS = 5_000;

    private final Connection connection;
    final Channel channel;

    AmqpClient(AmqpBroker broker) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        connection = factory.newConnection();
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    /** Returns whether the broker took the message over. */
    boolean publish(String exchange, String routingKey, boolean mandatory, String body)
            throws IOException, InterruptedException, TimeoutException {
        BasicProperties persistent = MessageProperties.PERSISTENT_TEXT_PLAIN;
        channel.basicPublish(exchange, routingKey, mandatory, persistent, body.getBytes(StandardCharsets.UTF_8));
        return channel.waitForConfirms(CONFIRM_MILLIS);
    }

    /** Takes the next message of a queue, or returns nothing. */
    String take(String queue) throws IOException {
        GetResponse response = channel.basicGet(queue, true);
        return response == null ? "" : new String(response.getBody(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
