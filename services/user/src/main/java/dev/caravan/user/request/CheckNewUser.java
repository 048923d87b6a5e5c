package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.StoreRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Turns a StoreRequest into the parameters name, email and email_key and the variables {@code password} and {@code email_key}. */
@Component
public class CheckNewUser implements Processor {

    @Override
    public void process(Exchange exchange) {
        StoreRequest request = exchange.getMessage().getBody(StoreRequest.class);
        Map<String, String> parameters = parameters(request.getName(), request.getEmail(), request.getPassword());
        exchange.setVariable(Variables.PASSWORD, request.getPassword());
        exchange.setVariable(Variables.EMAIL_KEY, parameters.get(Variables.EMAIL_KEY));
        exchange.getMessage().setBody(parameters);
    }

    /**
     * The parameters of an account.
     *
     * @throws dev.caravan.kernel.Fault INVALID_ARGUMENT with all that is wrong with the fields
     */
    public static Map<String, String> parameters(String typedName, String typedEmail, String password) {
        String name = Rules.tidied(typedName);
        String email = Rules.tidied(typedEmail);
        FieldErrors errors = new FieldErrors();
        Rules.checkName(errors, name);
        Rules.checkEmail(errors, email);
        Rules.checkPassword(errors, "password", password);
        errors.orThrow();
        return Map.of("name", name, "email", email, "email_key", Rules.key(email));
    }
}
