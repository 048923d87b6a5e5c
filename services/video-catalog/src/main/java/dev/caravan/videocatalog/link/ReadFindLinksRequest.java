package dev.caravan.videocatalog.link;

import dev.caravan.proto.videocatalog.FindLinksRequest;
import dev.caravan.videocatalog.query.VideoOfCaller;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes from the request whose links are asked for, and by whom; afterwards the body is the statement's parameters. */
@Component
class ReadFindLinksRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        FindLinksRequest request = exchange.getMessage().getMandatoryBody(FindLinksRequest.class);
        exchange.getMessage().setBody(VideoOfCaller.note(exchange, request.getId()));
    }
}
