package dev.caravan.videocatalog.query;

import com.google.protobuf.Message;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes from a request that names a video and nothing more which it is, and by whom it is made; afterwards the body is the
 * statement's parameters.
 */
@Component
class ReadVideoRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message request = exchange.getMessage().getMandatoryBody(Message.class);
        Object id = request.getField(request.getDescriptorForType().findFieldByName("id"));
        exchange.getMessage().setBody(VideoOfCaller.note(exchange, (Integer) id));
    }
}
