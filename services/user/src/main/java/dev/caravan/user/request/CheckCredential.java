package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.FindByCredentialRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Turns a FindByCredentialRequest into the parameter email_key and the variable {@code password}. Asks only that both
 * are there and can be looked up, for what rules were when the account was made is not known.
 */
@Component
public class CheckCredential implements Processor {

    @Override
    public void process(Exchange exchange) {
        FindByCredentialRequest request = exchange.getMessage().getBody(FindByCredentialRequest.class);
        String email = Rules.tidied(request.getEmail());
        String password = request.getPassword();
        new FieldErrors()
                .required("email", email)
                .length("email", email, 0, Rules.MOST)
                .text("email", email)
                .required("password", password)
                .length("password", password, 0, Rules.MOST)
                .text("password", password)
                .orThrow();
        exchange.setVariable(Variables.PASSWORD, password);
        exchange.getMessage().setBody(Map.of("email_key", Rules.key(email)));
    }
}
