package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.StoreResponse;
import dev.caravan.proto.user.User;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Keeps the user of an answer of the user service, and the version of the credential by which a session begins. */
@Component
public final class KeepUser implements Processor {

    private static final String PROPERTY = "user";

    @Override
    public void process(Exchange exchange) {
        Object answer = exchange.getMessage().getBody();
        if (answer instanceof StoreResponse stored) {
            keep(exchange, stored.getData().getUser(), stored.getData().getCredentialVersion());
        } else if (answer instanceof FindByCredentialResponse found) {
            keep(exchange, found.getData().getUser(), found.getData().getCredentialVersion());
        } else {
            throw new IllegalArgumentException("no answer that a session begins with: " + answer.getClass());
        }
    }

    private static void keep(Exchange exchange, User user, int credentialVersion) {
        keep(exchange, user);
        exchange.setVariable(Variables.USER_ID, user.getId());
        exchange.setVariable(Variables.CREDENTIAL_VERSION, credentialVersion);
    }

    static void keep(Exchange exchange, User user) {
        exchange.setProperty(PROPERTY, user);
    }

    /** The user of this exchange, once he was kept. */
    public static User kept(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(PROPERTY, User.class), PROPERTY);
    }
}
