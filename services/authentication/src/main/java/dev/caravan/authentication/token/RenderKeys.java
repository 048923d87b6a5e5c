package dev.caravan.authentication.token;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The public keys of the tokens as a JWK set (RFC 7517), the one that signs next among them. */
@Component
public final class RenderKeys implements Processor {

    /** How long others may keep what they got. */
    static final Duration KEPT = Duration.ofMinutes(5);

    private final SigningKeys keys;

    RenderKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/jwk-set+json");
        exchange.getMessage().setHeader("Cache-Control", "public, max-age=" + KEPT.toSeconds());
        exchange.getMessage().setBody(keys.published().toString(true));
    }
}
