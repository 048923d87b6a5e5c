package dev.caravan.videocatalog.message;

import dev.caravan.kernel.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.springrabbit.MessagePropertiesConverter;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.stereotype.Component;

/**
 * The headers of a message that become headers of the exchange: those that say what it belongs to. No message sets what
 * routes and components go by.
 */
@Component
class TracingHeaders implements MessagePropertiesConverter {

    private static final List<String> ADMITTED = List.of(Headers.TRACEPARENT, Headers.TRACESTATE, Headers.REQUEST_ID);
    private static final int LONGEST = 512;

    @Override
    public Map<String, Object> fromMessageProperties(MessageProperties properties, Exchange exchange) {
        Map<String, Object> headers = new HashMap<>();
        for (String name : ADMITTED) {
            if (properties.getHeaders().get(name) instanceof String value && value.length() <= LONGEST) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    /** Not for producers. */
    @Override
    public MessageProperties toMessageProperties(Exchange exchange) {
        return new MessageProperties();
    }

    /** There is nothing left to filter. */
    @Override
    public void setHeaderFilterStrategy(HeaderFilterStrategy strategy) {
        // Nothing: what is admitted does not depend on the component.
    }
}
