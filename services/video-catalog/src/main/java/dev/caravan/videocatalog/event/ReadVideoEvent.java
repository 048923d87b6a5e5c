package dev.caravan.videocatalog.event;

import dev.caravan.kernel.log.LogContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.amqp.core.Message;
import org.springframework.stereotype.Component;

/**
 * Reads the {@link Message} in the body; afterwards the body is what it says of the video, as the parameters of a
 * statement, the variable {@code texts} what it says of captions and chapters of the file, and {@code playable} how far it can be played, if anything. Throws {@link MalformedEventException}.
 */
@Component
class ReadVideoEvent implements Processor {

    private final EventReader reader = new EventReader();

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage().getMandatoryBody(Message.class);
        VideoEvent event = reader.read(message.getBody());
        LogContext.video(exchange, event.originalId());
        exchange.setVariable("texts", event.texts());
        exchange.setVariable("playable", event.playability());
        exchange.getMessage().setBody(event.parameters());
    }
}
