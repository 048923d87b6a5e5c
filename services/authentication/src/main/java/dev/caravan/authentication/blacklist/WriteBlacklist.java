package dev.caravan.authentication.blacklist;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Gives the revocations in the body, rows of key and until, to Redis. */
@Component
public final class WriteBlacklist implements Processor {

    private final Blacklist blacklist;

    WriteBlacklist(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        Map<String, Instant> revocations = new LinkedHashMap<>();
        for (Object row : exchange.getMessage().getBody(List.class)) {
            Map<?, ?> columns = (Map<?, ?>) row;
            Timestamp until = Objects.requireNonNull((Timestamp) columns.get("until"), "until");
            revocations.put(String.valueOf(columns.get("key")), until.toInstant());
        }
        blacklist.add(revocations);
    }
}
