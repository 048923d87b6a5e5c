package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.ChangePasswordRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Turns a ChangePasswordRequest into the variables {@code current_password} and {@code password}, the new one. */
@Component
public class CheckNewPassword implements Processor {

    @Override
    public void process(Exchange exchange) {
        ChangePasswordRequest request = exchange.getMessage().getBody(ChangePasswordRequest.class);
        FieldErrors errors = new FieldErrors();
        Rules.checkCurrentPassword(errors, request.getCurrentPassword());
        Rules.checkPassword(errors, "new_password", request.getNewPassword());
        errors.orThrow();
        exchange.setVariable(Variables.CURRENT_PASSWORD, request.getCurrentPassword());
        exchange.setVariable(Variables.PASSWORD, request.getNewPassword());
    }
}
