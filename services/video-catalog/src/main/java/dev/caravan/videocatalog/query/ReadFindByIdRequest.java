package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.FindByIdRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes from the request which video is asked for, by whom and with which link; afterwards the body is the statement's
 * parameters.
 */
@Component
class ReadFindByIdRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        FindByIdRequest request = exchange.getMessage().getMandatoryBody(FindByIdRequest.class);
        exchange.getMessage()
                .setBody(ReadChangedVideo.parameters(exchange.getMessage(), request.getId(), request.getLink()));
    }
}
