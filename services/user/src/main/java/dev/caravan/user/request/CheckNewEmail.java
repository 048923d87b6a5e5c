package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.ChangeEmailRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Turns a ChangeEmailRequest into the variables {@code email}, {@code email_key} and {@code current_password}. */
@Component
public class CheckNewEmail implements Processor {

    @Override
    public void process(Exchange exchange) {
        ChangeEmailRequest request = exchange.getMessage().getBody(ChangeEmailRequest.class);
        String email = Rules.tidied(request.getEmail());
        FieldErrors errors = new FieldErrors();
        Rules.checkEmail(errors, email);
        Rules.checkCurrentPassword(errors, request.getCurrentPassword());
        errors.orThrow();
        exchange.setVariable(Variables.EMAIL, email);
        exchange.setVariable(Variables.EMAIL_KEY, Rules.key(email));
        exchange.setVariable(Variables.CURRENT_PASSWORD, request.getCurrentPassword());
    }
}
