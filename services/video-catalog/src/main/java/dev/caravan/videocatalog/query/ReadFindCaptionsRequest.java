package dev.caravan.videocatalog.query;

import com.google.protobuf.Message;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes from a request for captions or chapters of which video they are, by whom and with which link they are asked for;
 * afterwards the body is the statement's parameters.
 */
@Component
class ReadFindCaptionsRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message request = exchange.getMessage().getMandatoryBody(Message.class);
        exchange.getMessage()
                .setBody(ReadChangedVideo.parameters(
                        exchange.getMessage(), (Integer) field(request, "id"), (String) field(request, "link")));
    }

    private static Object field(Message request, String name) {
        return request.getField(request.getDescriptorForType().findFieldByName(name));
    }
}
