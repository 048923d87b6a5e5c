package dev.caravan.cdnedge.viewer;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.stereotype.Component;

/** Takes from the servlet's request what the edge heeds; the message's body starts empty. */
@Component
class ReadViewerRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        ViewerRequest request =
                ViewerRequest.of(exchange.getIn(HttpMessage.class).getRequest());
        exchange.setProperty(ViewerRequest.PROPERTY, request);
        exchange.getMessage().setBody(null);
    }
}
