package dev.caravan.user.request;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets the variable {@code user_id} from the header x-user-id; UNAUTHENTICATED when that is no id of a user. */
@Component
public class CheckCaller implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable(Variables.USER_ID, id(exchange.getMessage().getHeader(Headers.USER_ID, String.class)));
    }

    private static int id(@Nullable String header) {
        try {
            int id = Integer.parseInt(header == null ? "" : header);
            if (id > 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a missing one.
        }
        throw Fault.unauthenticated("NO_CALLER", "This needs the caller's id.");
    }
}
