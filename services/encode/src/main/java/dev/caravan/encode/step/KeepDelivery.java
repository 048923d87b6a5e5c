package dev.caravan.encode.step;

import dev.caravan.encode.job.Delivery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.stereotype.Component;

/** Keeps a message of the broker as it came, so that it can be stored or put aside. */
@Component
public class KeepDelivery implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, Object> headers = new LinkedHashMap<>(message.getHeaders());
        headers.put(Delivery.CONTENT_TYPE, headers.get(SpringRabbitMQConstants.CONTENT_TYPE));
        exchange.setProperty(Jobs.DELIVERY, Delivery.of(message.getBody(byte[].class), headers));
    }
}
