package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.DeleteAccountRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Turns a DeleteAccountRequest into the variable {@code current_password}. */
@Component
public class CheckCurrentPassword implements Processor {

    @Override
    public void process(Exchange exchange) {
        DeleteAccountRequest request = exchange.getMessage().getBody(DeleteAccountRequest.class);
        FieldErrors errors = new FieldErrors();
        Rules.checkCurrentPassword(errors, request.getCurrentPassword());
        errors.orThrow();
        exchange.setVariable(Variables.CURRENT_PASSWORD, request.getCurrentPassword());
    }
}
