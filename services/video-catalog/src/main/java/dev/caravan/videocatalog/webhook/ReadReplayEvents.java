package dev.caravan.videocatalog.webhook;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.ReplayEventsRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets the variables {@code since} and {@code until} to the time whose events are to be sent once more. */
@Component
class ReadReplayEvents implements Processor {

    /** What the database reads as it is written here. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    @Override
    public void process(Exchange exchange) throws Exception {
        ReplayEventsRequest request = exchange.getMessage().getMandatoryBody(ReplayEventsRequest.class);
        FieldErrors errors = new FieldErrors();
        Instant since = instant(errors, "since", request.getSince());
        Instant until = request.getUntil().isEmpty() ? Instant.now() : instant(errors, "until", request.getUntil());
        if (since != null && until != null && !since.isBefore(until)) {
            errors.add("since", "since must be before until");
        }
        errors.orThrow();
        exchange.setVariable("since", String.valueOf(since));
        exchange.setVariable("until", String.valueOf(until));
    }

    private static @Nullable Instant instant(FieldErrors errors, String field, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isAfter(Instant.EPOCH) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        errors.add(field, field + " must be a time such as 2030-01-31T09:00:00Z");
        return null;
    }
}
