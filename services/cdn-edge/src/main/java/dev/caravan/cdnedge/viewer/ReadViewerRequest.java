package dev.caravan.cdnedge.viewer;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.stereotype.Component;

/** Takes from the servlet's request what the edge heeds; the message's body starts empty. */
@Component
class ReadViewerRequest implements Processor {

    /** The exchange property with the container's own request, for the binding: the message does not last. */
    static final String SERVLET_REQUEST = "servletRequest";

    @Override
    public void process(Exchange exchange) {
        HttpServletRequest request = exchange.getIn(HttpMessage.class).getRequest();
        exchange.setProperty(SERVLET_REQUEST, request);
        ViewerRequest viewer = ViewerRequest.of(request);
        exchange.setProperty(ViewerRequest.PROPERTY, viewer);
        // What routes choose by has properties of its own: to read it from the request takes reflection each time.
        exchange.setProperty("method", viewer.method());
        exchange.setProperty("manifest", viewer.isManifest());
        exchange.getMessage().setBody(null);
    }
}
