package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.viewer.ViewerRequest;
import dev.caravan.kernel.Fault;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Answers with what the manifest origin answered: body, length and nothing else of it. Never to be cached, since the
 * signatures in it run out.
 */
@Component
class AnswerManifest implements Processor {

    private static final Map<String, String> TYPES = Map.of(
            "mpd", "application/dash+xml", "m3u8", "application/vnd.apple.mpegurl", "vtt", "text/vtt; charset=utf-8");

    @Override
    public void process(Exchange exchange) {
        ViewerRequest viewer = ViewerRequest.of(exchange);
        Message answer = exchange.getMessage();
        int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 500, Integer.class);
        if (status == 404) {
            throw Fault.notFound("NO_SUCH_MANIFEST", "There is no such manifest.");
        }
        if (status != 200) {
            throw Fault.unavailable("MANIFEST_ORIGIN", "The manifest origin answered " + status + ".");
        }
        Object length = answer.getHeader("Content-Length");
        answer.removeHeaders("*");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        if (length != null) {
            answer.setHeader("Content-Length", length);
        }
        String path = viewer.path();
        answer.setHeader("Content-Type", TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
        answer.setHeader("Cache-Control", "no-store");
        answer.setHeader("X-Content-Type-Options", "nosniff");
        if (viewer.isHead()) {
            answer.setBody(null);
        }
    }
}
