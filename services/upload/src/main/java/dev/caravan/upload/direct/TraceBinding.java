package dev.caravan.upload.direct;

import dev.caravan.kernel.Headers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.stereotype.Component;

/** Of a request nothing but its trace becomes a header, in time for the route's own span; TakeUpload takes the rest. */
@Component
class TraceBinding extends DefaultHttpBinding {

    /** Which Camel takes for the business of proxies. */
    private static final String CACHE_CONTROL = "Cache-Control";

    TraceBinding() {
        setMapHttpMessageBody(false);
        setMapHttpMessageHeaders(false);
        setMapHttpMessageFormUrlEncodedBody(false);
    }

    @Override
    public void readRequest(HttpServletRequest request, Message message) {
        super.readRequest(request, message);
        String trace = request.getHeader(Headers.TRACEPARENT);
        if (trace != null) {
            message.setHeader(Headers.TRACEPARENT, trace);
        }
    }

    /** Says that the connection ends when the body is not read to its end: Tomcat knows so too late where it has no length. */
    @Override
    public void writeResponse(Exchange exchange, HttpServletResponse response) throws IOException {
        HttpMessage request = exchange.getIn(HttpMessage.class);
        if (request != null && !request.getRequest().getInputStream().isFinished()) {
            response.setHeader("Connection", "close");
        }
        String cacheControl = exchange.getMessage().getHeader(CACHE_CONTROL, String.class);
        if (cacheControl != null) {
            response.setHeader(CACHE_CONTROL, cacheControl);
        }
        super.writeResponse(exchange, response);
    }
}
