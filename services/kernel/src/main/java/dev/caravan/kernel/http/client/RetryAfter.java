package dev.caravan.kernel.http.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The header with which a server says when it wants to be asked again (RFC 9110, 10.2.3). */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * In how many seconds from now.
     *
     * @param header null without one
     * @param most that anybody waits
     * @return 0 for nothing that is understood
     */
    public static int seconds(@Nullable String header, Duration most) {
        if (header == null) {
            return 0;
        }
        long seconds;
        try {
            seconds = header.matches("\\d{1,9}")
                    ? Long.parseLong(header)
                    : Duration.between(Instant.now(), ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME))
                            .toSeconds();
        } catch (DateTimeParseException e) {
            return 0;
        }
        return (int) Math.min(most.toSeconds(), Math.max(0, seconds));
    }
}
