package dev.caravan.authentication.throttle;

import dev.caravan.authentication.Variables;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.auth.LoginRequest;
import dev.caravan.proto.auth.RegisterRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the client's address, what it is and, of a login or registration, the account as attempts are counted by it. */
@Component
public final class ReadClient implements Processor {

    @Override
    public void process(Exchange exchange) {
        ClientAddress address = ClientAddress.of(exchange.getMessage().getHeader(Headers.CLIENT_ADDRESS, String.class));
        exchange.setVariable(Variables.CLIENT_ADDRESS, address.text());
        exchange.setVariable(Variables.ADDRESS, address.network());
        exchange.setVariable(
                Variables.CLIENT_AGENT,
                ClientAgent.of(exchange.getMessage().getHeader(Headers.CLIENT_AGENT, String.class)));
        Object request = exchange.getMessage().getBody();
        if (request instanceof LoginRequest login) {
            exchange.setVariable(Variables.ACCOUNT, account(login.getEmail()));
        } else if (request instanceof RegisterRequest register) {
            exchange.setVariable(Variables.ACCOUNT, account(register.getEmail()));
        }
    }

    /** The same for all spellings of an email, as accounts have it, and whether there is such an account or not. */
    static String account(String email) {
        String composed = Normalizer.normalize(email.strip(), Normalizer.Form.NFC);
        String key = Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
