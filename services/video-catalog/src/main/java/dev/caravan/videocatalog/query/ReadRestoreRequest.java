package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.RestoreRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes from the request which video is wanted back, and by whom; afterwards the body is the statement's parameters. */
@Component
class ReadRestoreRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        RestoreRequest request = exchange.getMessage().getMandatoryBody(RestoreRequest.class);
        exchange.getMessage().setBody(VideoOfCaller.note(exchange, request.getId()));
    }
}
