package dev.caravan.authentication.token;

import com.nimbusds.jose.jwk.JWKSet;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The public keys of the tokens as a JWK set (RFC 7517). */
@Component
public final class RenderKeys implements Processor {

    private final String keys;

    RenderKeys(SigningKey key) {
        keys = new JWKSet(key.publicKey()).toString(true);
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/jwk-set+json");
        exchange.getMessage().setHeader("Cache-Control", "public, max-age=300");
        exchange.getMessage().setBody(keys);
    }
}
