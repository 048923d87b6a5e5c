package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.FindSitemapRequest;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes from the request which page of the sitemap is asked for; afterwards the body is the statements' parameters. */
@Component
class ReadFindSitemapRequest implements Processor {

    /** Videos a page, whose descriptions are in memory together. */
    private static final int SIZE = 500;

    @Override
    public void process(Exchange exchange) throws Exception {
        FindSitemapRequest request = exchange.getMessage().getMandatoryBody(FindSitemapRequest.class);
        Map<String, Object> parameters = new HashMap<>(Map.of("size", SIZE));
        if (request.hasPage()) {
            if (request.getPage() < 1) {
                throw Fault.invalid("page", "page must be at least 1");
            }
            parameters.put("page", request.getPage());
        }
        exchange.getMessage().setBody(parameters);
    }
}
