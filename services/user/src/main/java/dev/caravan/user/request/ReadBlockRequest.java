package dev.caravan.user.request;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.BlockUserRequest;
import dev.caravan.proto.user.UnblockUserRequest;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Sets the variables {@code user_id}, whom an administrator blocks or lets in again, and {@code caller}, himself;
 * FAILED_PRECONDITION when he would block himself.
 */
@Component
public class ReadBlockRequest extends CheckCaller {

    @Override
    public void process(Exchange exchange) {
        super.process(exchange);
        int caller = exchange.getVariable(Variables.USER_ID, Integer.class);
        Object request = exchange.getMessage().getBody();
        int id = request instanceof BlockUserRequest block ? block.getId() : ((UnblockUserRequest) request).getId();
        if (id == caller && request instanceof BlockUserRequest) {
            throw Fault.precondition("OWN_ACCOUNT", "You can't block your own account.");
        }
        exchange.setVariable(Variables.CALLER, caller);
        exchange.setVariable(Variables.USER_ID, id);
    }
}
