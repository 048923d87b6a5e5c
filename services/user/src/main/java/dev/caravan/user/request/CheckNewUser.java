package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.StoreRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Turns a StoreRequest into the parameters name, email and email_key and the variable {@code password}. */
@Component
public class CheckNewUser implements Processor {

    @Override
    public void process(Exchange exchange) {
        StoreRequest request = exchange.getMessage().getBody(StoreRequest.class);
        String name = Rules.tidied(request.getName());
        String email = Rules.tidied(request.getEmail());
        FieldErrors errors = new FieldErrors();
        Rules.checkName(errors, name);
        Rules.checkEmail(errors, email);
        Rules.checkPassword(errors, "password", request.getPassword());
        errors.orThrow();
        exchange.setVariable(Variables.PASSWORD, request.getPassword());
        exchange.getMessage().setBody(Map.of("name", name, "email", email, "email_key", Rules.key(email)));
    }
}
