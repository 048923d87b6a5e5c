package dev.caravan.videocatalog.manifest;

import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** For a manifest of a video that was deleted; its files may still be there for a moment. */
@Component
class RefuseDeletedVideo implements Processor {

    @Override
    public void process(Exchange exchange) {
        throw Fault.notFound("VIDEO_DELETED", "There is no such manifest.");
    }
}
