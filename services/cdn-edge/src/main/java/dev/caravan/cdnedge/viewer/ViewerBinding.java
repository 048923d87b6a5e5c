package dev.caravan.cdnedge.viewer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Between servlet and route: nothing of a request becomes a header or a body, only listed headers of a message reach
 * the viewer, and a body is passed on as it comes, in one buffer, or is a file that the container sends.
 *
 * <p>Camel's own binding would drop Content-Length and Cache-Control, compress what is compressed already, and log two
 * stack traces whenever a viewer stops reading, which players do all the time.
 */
@Component
class ViewerBinding extends DefaultHttpBinding {

    private static final Logger LOG = LoggerFactory.getLogger(ViewerBinding.class);
    private static final String SENDFILE = "org.apache.tomcat.sendfile.";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final List<String> HEADERS = List.of(
            "Accept-Ranges",
            "Access-Control-Allow-Credentials",
            "Access-Control-Allow-Headers",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Origin",
            "Access-Control-Expose-Headers",
            "Access-Control-Max-Age",
            "Allow",
            "Cache-Control",
            "Content-Disposition",
            "Content-Length",
            "Content-Range",
            "Content-Security-Policy",
            "Content-Type",
            "ETag",
            "Last-Modified",
            "Retry-After",
            "Vary",
            "X-Content-Type-Options");

    private final MeterRegistry meters;
    private final Counter bytes;

    ViewerBinding(MeterRegistry meters) {
        this.meters = meters;
        this.bytes = meters.counter("edge.bytes");
        setMapHttpMessageBody(false);
        setMapHttpMessageHeaders(false);
        setMapHttpMessageFormUrlEncodedBody(false);
        setMuteException(true);
    }

    @Override
    public void doWriteResponse(Message message, HttpServletResponse response, Exchange exchange) throws IOException {
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        response.setStatus(status);
        count(ViewerRequest.of(exchange), status);
        for (String name : HEADERS) {
            String value = message.getHeader(name, String.class);
            if (value != null) {
                response.setHeader(name, value);
            }
        }
        Object body = message.getBody();
        if (body instanceof byte[] whole) {
            response.getOutputStream().write(whole);
        } else if (body instanceof FileSlice slice) {
            send(slice, response, exchange);
        } else if (body instanceof InputStream stream) {
            try (stream) {
                pass(stream, response, ViewerRequest.of(exchange).path());
            }
        }
    }

    /** Status 304 is a hit of the viewer's own cache, 403 a signature that does not hold. */
    private void count(ViewerRequest viewer, int status) {
        meters.counter(
                        "edge.answers",
                        "kind",
                        viewer.isManifest() ? "manifest" : "object",
                        "status",
                        String.valueOf(status))
                .increment();
    }

    /** Left to the container where it can: the kernel sends the file, and no thread waits for a slow viewer. */
    private void send(FileSlice slice, HttpServletResponse response, Exchange exchange) throws IOException {
        HttpServletRequest request = exchange.getProperty(ReadViewerRequest.SERVLET_REQUEST, HttpServletRequest.class);
        if (Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))) {
            request.setAttribute(SENDFILE + "filename", slice.file().toString());
            request.setAttribute(SENDFILE + "start", slice.start());
            request.setAttribute(SENDFILE + "end", slice.end());
        } else {
            try {
                slice.writeTo(response.getOutputStream());
            } catch (IOException e) {
                LOG.debug("{} was not sent to its end: {}", slice, e.toString());
                CutOff.mark(response);
                return;
            }
        }
        bytes.increment(slice.length());
    }

    private void pass(InputStream origin, HttpServletResponse response, String path) throws IOException {
        OutputStream viewer = response.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int length;
            try {
                length = origin.read(buffer);
            } catch (IOException e) {
                LOG.warn("The origin of {} broke off: {}", path, e.toString());
                CutOff.mark(response);
                return;
            }
            if (length < 0) {
                return;
            }
            try {
                viewer.write(buffer, 0, length);
                bytes.increment(length);
            } catch (IOException e) {
                LOG.debug("The viewer of {} left: {}", path, e.toString());
                return;
            }
        }
    }
}
