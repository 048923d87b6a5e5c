package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.FindByEmailRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes from a {@link FindByEmailRequest} what makes all spellings of an email the same. */
@Component
public class ReadEmail implements Processor {

    @Override
    public void process(Exchange exchange) {
        String email = Rules.tidied(
                exchange.getMessage().getBody(FindByEmailRequest.class).getEmail());
        new FieldErrors()
                .required("email", email)
                .length("email", email, 0, Rules.MOST)
                .text("email", email)
                .orThrow();
        exchange.setVariable(Variables.EMAIL_KEY, Rules.key(email));
    }
}
