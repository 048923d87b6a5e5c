package dev.caravan.user.password;

import dev.caravan.user.request.Variables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Sets {@code new_password_hash} from the variable {@code password}. */
@Component
public class HashPassword implements Processor {

    private final PasswordEncoder encoder;

    public HashPassword(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable(
                Variables.NEW_PASSWORD_HASH, encoder.encode(exchange.getVariable(Variables.PASSWORD, String.class)));
    }
}
