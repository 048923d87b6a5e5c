package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.FindByIdResponseData;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Keeps the user in the body; UNAUTHENTICATED when he is blocked, or was, or changed his password after the session had begun.
 */
@Component
public final class CheckCredentialVersion implements Processor {

    @Override
    public void process(Exchange exchange) {
        FindByIdResponseData found =
                exchange.getMessage().getBody(FindByIdResponse.class).getData();
        if (found.getBlocked()) {
            throw Fault.unauthenticated(
                    "USER_BLOCKED", "Your account is blocked. Ask an administrator of the platform.");
        }
        if (exchange.getVariable(Variables.CREDENTIAL_VERSION, Integer.class) != found.getCredentialVersion()) {
            throw Fault.unauthenticated("SESSION_ENDED", "The session has ended; log in again.");
        }
        KeepUser.keep(exchange, found.getUser());
    }
}
