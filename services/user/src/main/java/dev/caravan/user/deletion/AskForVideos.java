package dev.caravan.user.deletion;

import dev.caravan.proto.videocatalog.DeleteMineRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Asks for the videos of the caller to be deleted. */
@Component
public class AskForVideos implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(DeleteMineRequest.getDefaultInstance());
    }
}
