package dev.caravan.videocatalog.event;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Reads the message in the body; afterwards the body is what it says of the video, as the parameters of a statement.
 * Throws {@link MalformedEventException}.
 */
@Component
class ReadVideoEvent implements Processor {

    private final EventReader reader = new EventReader();

    @Override
    public void process(Exchange exchange) {
        byte[] message = exchange.getMessage().getBody(byte[].class);
        exchange.getMessage()
                .setBody(reader.read(message == null ? new byte[0] : message).parameters());
    }
}
