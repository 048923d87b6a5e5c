package dev.caravan.upload.direct;

import dev.caravan.kernel.Headers;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.springframework.stereotype.Component;

/** Of a request nothing but its trace becomes a header, in time for the route's own span; TakeUpload takes the rest. */
@Component
class TraceBinding extends DefaultHttpBinding {

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
}
