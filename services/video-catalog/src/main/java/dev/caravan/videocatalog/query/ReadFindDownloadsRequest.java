package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.FindDownloadsRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes from a request of which video files are asked for, by whom and with which link; afterwards the body is the statement's
 * parameters, and the variable {@code rendition} says which one of the files it is, or nothing for all.
 */
@Component
class ReadFindDownloadsRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        FindDownloadsRequest request = exchange.getMessage().getMandatoryBody(FindDownloadsRequest.class);
        exchange.setVariable("rendition", request.getRendition());
        exchange.getMessage()
                .setBody(ReadChangedVideo.parameters(exchange.getMessage(), request.getId(), request.getLink()));
    }
}
