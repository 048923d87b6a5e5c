package dev.caravan.user.password;

import dev.caravan.user.request.Variables;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Lets a caller pass who knows the password of the row in the body. */
@Component
public class VerifyCurrentPassword implements Processor {

    private final PasswordEncoder encoder;

    public VerifyCurrentPassword(PasswordEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void process(Exchange exchange) {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        String current = exchange.getVariable(Variables.CURRENT_PASSWORD, String.class);
        if (!encoder.matches(current, String.valueOf(row.get("password_hash")))) {
            throw RefuseCurrentPassword.wrong();
        }
    }
}
