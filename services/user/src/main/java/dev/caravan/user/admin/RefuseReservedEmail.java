package dev.caravan.user.admin;

import dev.caravan.kernel.Fault;
import dev.caravan.user.request.Variables;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes the email that the configuration names the first administrator by for taken: the next start makes its account an
 * administrator's, so nobody may come by it once that administrator has another or is gone.
 */
@Component
public class RefuseReservedEmail implements Processor {

    private final ReadAdministrator administrator;

    public RefuseReservedEmail(ReadAdministrator administrator) {
        this.administrator = administrator;
    }

    @Override
    public void process(Exchange exchange) {
        String key = exchange.getVariable(Variables.EMAIL_KEY, String.class);
        if (Objects.equals(key, administrator.emailKey())) {
            throw Fault.conflict("EMAIL_TAKEN", "There is an account with this email already.");
        }
    }
}
