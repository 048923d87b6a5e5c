package dev.caravan.connectors;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.Account;
import dev.caravan.proto.user.FindUsersResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Has what follows be asked in the owner's name; refuses one who is not there, or blocked. */
@Component
final class NameOwner implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String owner = message.getHeader(Ingest.OWNER, String.class);
        Account account = message.getBody(FindUsersResponse.class).getData().getUsersList().stream()
                .filter(user -> user.getEmail().equalsIgnoreCase(owner))
                .findFirst()
                .orElseThrow(() -> Fault.precondition("OWNER_UNKNOWN", "There is no user " + owner + "."));
        if (account.hasBlockedAt()) {
            throw Fault.precondition("OWNER_BLOCKED", "The user " + owner + " is blocked.");
        }
        message.removeHeader(Headers.USER_ROLE);
        message.setHeader(Headers.USER_ID, String.valueOf(account.getId()));
    }
}
