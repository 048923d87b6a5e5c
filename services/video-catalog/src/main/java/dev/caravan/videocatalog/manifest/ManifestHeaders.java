package dev.caravan.videocatalog.manifest;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Which HTTP headers pass: none of a request, and of an answer {@code Cache-Control} beside those that Camel makes
 * itself. Camel's own strategy holds just this one back.
 */
@Component
class ManifestHeaders implements HeaderFilterStrategy {

    static final String CACHE_CONTROL = "Cache-Control";

    @Override
    public boolean applyFilterToCamelHeaders(String headerName, Object headerValue, Exchange exchange) {
        return !CACHE_CONTROL.equals(headerName);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String headerName, Object headerValue, Exchange exchange) {
        return true;
    }
}
