package dev.caravan.cdnedge.viewer;

import dev.caravan.cdnedge.CdnProperties;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Lets pages of other origins read an answer, refusals included: all origins, or listed ones. */
@Component
class AllowOrigin implements Processor {

    private static final String ANY = "*";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private final Set<String> origins;

    AllowOrigin(CdnProperties properties) {
        this.origins = Set.copyOf(properties.corsOrigin());
    }

    @Override
    public void process(Exchange exchange) {
        Message answer = exchange.getMessage();
        answer.setHeader(
                "Access-Control-Expose-Headers",
                "Accept-Ranges, Content-Length, Content-Range, Date, ETag, Retry-After");
        if (origins.contains(ANY)) {
            answer.setHeader(ALLOW_ORIGIN, ANY);
            return;
        }
        answer.setHeader("Vary", "Origin");
        String origin = ViewerRequest.of(exchange).header(ViewerRequest.ORIGIN);
        if (origin != null && origins.contains(origin)) {
            answer.setHeader(ALLOW_ORIGIN, origin);
        }
    }
}
