package dev.caravan.user.password;

import dev.caravan.kernel.Fault;
import dev.caravan.user.request.Variables;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Lets a login pass whose password is that of the row in the body, and says by {@code hash_outdated} whether its hash
 * should be renewed. Without a row it works as long and answers the same, so that nobody learns which emails there are.
 */
@Component
public class VerifyPassword implements Processor {

    private final PasswordEncoder encoder;
    private final String nobodysHash;

    public VerifyPassword(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.nobodysHash = encoder.encode("nobody's password");
    }

    @Override
    public void process(Exchange exchange) {
        @Nullable Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        String hash = row == null ? nobodysHash : String.valueOf(row.get("password_hash"));
        boolean matches = encoder.matches(exchange.getVariable(Variables.PASSWORD, String.class), hash);
        if (row == null || !matches) {
            throw Fault.unauthenticated("BAD_CREDENTIALS", "The email or the password is wrong.");
        }
        exchange.setVariable(Variables.HASH_OUTDATED, encoder.upgradeEncoding(hash));
    }
}
