package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Delivery;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.stereotype.Component;

/** Makes the message of a row of the outbox, with where it goes to. */
@Component
public class RestoreMessage implements Processor {

    private static final TypeReference<Map<String, Object>> HEADERS = new TypeReference<>() {};

    private final ObjectMapper json;

    RestoreMessage(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getBody(Map.class);
        Map<String, Object> headers = json.readValue(String.valueOf(row.get("headers")), HEADERS);
        Object contentType = headers.remove(Delivery.CONTENT_TYPE);
        headers.forEach(message::setHeader);
        if (contentType != null) {
            message.setHeader(SpringRabbitMQConstants.CONTENT_TYPE, contentType);
        }
        message.setHeader(SpringRabbitMQConstants.DELIVERY_MODE, "PERSISTENT");
        message.setHeader(SpringRabbitMQConstants.EXCHANGE_OVERRIDE_NAME, row.get("exchange"));
        message.setHeader(SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, row.get("routing_key"));
        message.setBody(Objects.requireNonNull(row.get("body")));
    }
}
