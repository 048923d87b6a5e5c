package dev.caravan.videocatalog.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.kernel.Fault;
import java.security.MessageDigest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Lets pass whoever shows the CDN's key; everybody when there is none. */
@Component
class RequireOriginKey implements Processor {

    private final byte[] key;

    RequireOriginKey(@Value("${cdn.origin-key}") String key) {
        this.key = key.getBytes(UTF_8);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String shown = message.getHeader(ManifestHeaders.ORIGIN_KEY, "", String.class);
        message.removeHeader(ManifestHeaders.ORIGIN_KEY);
        // It takes as long for a key that is nearly right as for any other.
        if (key.length > 0 && !MessageDigest.isEqual(key, shown.getBytes(UTF_8))) {
            throw Fault.forbidden("NOT_THE_CDN", "Manifests are for the CDN.");
        }
    }
}
