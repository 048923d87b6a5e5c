package dev.caravan.apigateway.share;

import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes the number of the video from the header {@code url} into the header {@code id}. */
@Component
final class ReadOembedRequest implements Processor {

    private final PublicAddresses addresses;

    ReadOembedRequest(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void process(Exchange exchange) {
        Integer video = addresses.video(exchange.getMessage().getHeader("url", "", String.class));
        if (video == null) {
            throw Fault.notFound("VIDEO_UNKNOWN", "There is no such video.");
        }
        exchange.getMessage().setHeader("id", video);
    }
}
