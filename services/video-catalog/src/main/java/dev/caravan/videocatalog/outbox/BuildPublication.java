package dev.caravan.videocatalog.outbox;

import dev.caravan.kernel.Headers;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.stereotype.Component;

/**
 * Makes of the row of the outbox in the body the message to send, byte for byte: by its key on the exchange of the route,
 * or to a queue by the queue's name, which is the key on the exchange without a name.
 */
@Component
class BuildPublication implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getBody(Map.class);
        message.removeHeaders("*");
        Object queue = row.get("queue");
        if (queue != null) {
            message.setHeader(
                    SpringRabbitMQConstants.EXCHANGE_OVERRIDE_NAME, SpringRabbitMQConstants.DEFAULT_EXCHANGE_NAME);
        }
        message.setHeader(SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, queue == null ? row.get("key") : queue);
        message.setBody(MessageBuilder.withBody((byte[]) row.get("body"))
                .andProperties(properties(row))
                .build());
    }

    private static MessageProperties properties(Map<?, ?> row) {
        MessageProperties properties = new MessageProperties();
        properties.setDeliveryMode(MessageDeliveryMode.PERSISTENT);
        properties.setContentType(row.get("content_type") instanceof String contentType ? contentType : null);
        set(properties, "traceparent", row.get("traceparent"));
        set(properties, Headers.REQUEST_ID, row.get("request_id"));
        return properties;
    }

    private static void set(MessageProperties properties, String header, @Nullable Object value) {
        if (value != null) {
            properties.setHeader(header, value);
        }
    }
}
