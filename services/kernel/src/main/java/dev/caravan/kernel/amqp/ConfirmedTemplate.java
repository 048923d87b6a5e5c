package dev.caravan.kernel.amqp;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** Sends messages, which are mandatory unless they say otherwise, and returns when the broker confirmed them; without correlated confirms it just sends. */
final class ConfirmedTemplate extends RabbitTemplate {

    /** The header of a message that need not reach a queue: {@code false}. Without it each has to. */
    private static final String MANDATORY = "x-mandatory";

    private final long timeoutMillis;

    ConfirmedTemplate(ConnectionFactory connections, long timeoutMillis) {
        super(connections);
        this.timeoutMillis = timeoutMillis;
        // A return is looked at together with the confirm that comes after it.
        setReturnsCallback(returned -> {});
    }

    @Override
    public Boolean isMandatoryFor(Message message) {
        return !"false".equals(message.getMessageProperties().getHeader(MANDATORY));
    }

    /** @throws AmqpException when the broker refused or returned the message, or said nothing in time */
    @Override
    public void send(String exchange, String routingKey, Message message) {
        if (!getConnectionFactory().isPublisherConfirms()) {
            super.send(exchange, routingKey, message);
            return;
        }
        CorrelationData sent = new CorrelationData();
        send(exchange, routingKey, message, sent);
        awaitConfirm(sent, exchange, routingKey, timeoutMillis);
    }

    static void awaitConfirm(CorrelationData sent, String exchange, String routingKey, long timeoutMillis) {
        String address = "The broker did not take a message to exchange '" + exchange + "', key '" + routingKey + "': ";
        try {
            CorrelationData.Confirm confirm = sent.getFuture().get(timeoutMillis, TimeUnit.MILLISECONDS);
            // RabbitMQ returns what no queue takes, and then acknowledges it; others refuse it.
            ReturnedMessage returned = sent.getReturned();
            if (returned != null) {
                throw new AmqpException(address + returned.getReplyText());
            }
            if (!confirm.isAck()) {
                throw new AmqpException(address + (confirm.getReason() == null ? "refused" : confirm.getReason()));
            }
        } catch (TimeoutException e) {
            throw new AmqpException(address + "no word within " + timeoutMillis + " ms", e);
        } catch (ExecutionException e) {
            throw new AmqpException(address + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException(address + "interrupted", e);
        }
    }
}
