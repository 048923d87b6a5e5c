package dev.caravan.videocatalog.webhook;

import java.security.SecureRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code secret} to 256 bits that nobody has. */
@Component
class MintWebhookSecret implements Processor {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public void process(Exchange exchange) {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        exchange.setVariable(WebhookVariables.SECRET, secret);
    }
}
