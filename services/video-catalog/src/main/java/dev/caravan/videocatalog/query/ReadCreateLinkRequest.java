package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.CreateLinkRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Mints the secret of a link, into the variable {@code secret}; afterwards the body is the parameters of
 * {@code insert-link.sql}.
 */
@Component
class ReadCreateLinkRequest implements Processor {

    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Clock clock = Clock.systemUTC();

    @Override
    public void process(Exchange exchange) throws Exception {
        CreateLinkRequest request = exchange.getMessage().getMandatoryBody(CreateLinkRequest.class);
        Map<String, @Nullable Object> parameters = VideoOfCaller.note(exchange, request.getId());
        String secret = LinkSecret.mint();
        exchange.setVariable("secret", secret);
        parameters.put("secret", LinkSecret.hash(secret));
        parameters.put("expires_at", expiry(request.getExpiresAt()).toString());
        exchange.getMessage().setBody(parameters);
    }

    private Instant expiry(String text) {
        Instant now = clock.instant();
        if (text.isEmpty()) {
            return now.plus(USUAL);
        }
        try {
            Instant expiry = OffsetDateTime.parse(text).toInstant();
            if (expiry.isAfter(now) && !expiry.isAfter(now.plus(LONGEST))) {
                return expiry;
            }
            throw Fault.invalid("expires_at", "expires_at must be in the future and within a year");
        } catch (DateTimeException e) {
            throw Fault.invalid("expires_at", "expires_at must be a time such as 2030-01-31T09:00:00Z");
        }
    }
}
