package dev.caravan.kernel.amqp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;

/**
 * Makes the message of a row of an outbox, byte for byte, with where it goes to: of its {@code exchange} (Camel's
 * {@code default} for the one that has no name), {@code routing_key}, {@code headers} (texts, as JSON; {@code content-type}
 * is the message's own) and {@code body}.
 */
final class RestoreMessage implements Processor {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final String CONTENT_TYPE = "content-type";

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getBody(Map.class);
        message.removeHeaders("*");
        message.setHeader(SpringRabbitMQConstants.EXCHANGE_OVERRIDE_NAME, row.get("exchange"));
        message.setHeader(SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, row.get("routing_key"));
        MessageProperties properties = new MessageProperties();
        properties.setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        Map<String, String> headers = json.readValue(String.valueOf(row.get("headers")), HEADERS);
        properties.setContentType(headers.remove(CONTENT_TYPE));
        headers.forEach(properties::setHeader);
        message.setBody(MessageBuilder.withBody((byte[]) Objects.requireNonNull(row.get("body")))
                .andProperties(properties)
                .build());
    }
}
