package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets variables from the row of a session in the body. */
@Component
public final class KeepSession implements Processor {

    @Override
    public void process(Exchange exchange) {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        exchange.setVariable(Variables.SESSION_ID, row.get("session_id"));
        exchange.setVariable(Variables.USER_ID, row.get("user_id"));
        exchange.setVariable(Variables.CREDENTIAL_VERSION, row.get("credential_version"));
        exchange.setVariable(Variables.SALT, row.get("salt"));
        Timestamp end = Objects.requireNonNull((Timestamp) row.get("expires_at"), "expires_at");
        exchange.setVariable(Variables.SESSION_EXPIRES_AT, end.toInstant().atOffset(ZoneOffset.UTC));
    }
}
