package dev.caravan.videocatalog.manifest;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Which HTTP headers pass: of a request the one by which the CDN shows itself, and of an answer {@code Cache-Control} and
 * {@code Retry-After} beside those that Camel makes itself. Camel's own strategy holds the first of these back.
 */
@Component
class ManifestHeaders implements HeaderFilterStrategy {

    static final String ORIGIN_KEY = "x-origin-key";
    static final String CACHE_CONTROL = "Cache-Control";
    static final String RETRY_AFTER = "Retry-After";

    /** Has the message answer with this content and no other headers. */
    static void answer(Message message, Manifest manifest, byte[] content) {
        answer(message, manifest, content, false);
    }

    /** @param growing whether it will say more in a moment */
    static void answer(Message message, Manifest manifest, byte[] content, boolean growing) {
        message.removeHeaders("*");
        message.setBody(content);
        message.setHeader(Exchange.CONTENT_TYPE, manifest.contentType());
        // One viewer's, and for a shorter time than the shortest signature.
        message.setHeader(CACHE_CONTROL, growing ? "private, no-cache" : "private, max-age=60");
        // The length is known; viewers like to know it too.
        message.setHeader(Exchange.HTTP_CHUNKED, false);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String headerName, Object headerValue, Exchange exchange) {
        return !CACHE_CONTROL.equals(headerName) && !RETRY_AFTER.equals(headerName);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String headerName, Object headerValue, Exchange exchange) {
        return !ORIGIN_KEY.equalsIgnoreCase(headerName);
    }
}
