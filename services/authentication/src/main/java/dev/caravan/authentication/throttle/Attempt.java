package dev.caravan.authentication.throttle;

import dev.caravan.authentication.throttle.ThrottleProperties.Limit;
import dev.caravan.kernel.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What one call has taken out of which buckets. */
final class Attempt {

    private static final String PROPERTY = "attempt";

    private final Buckets buckets;
    private final List<Taken> taken = new ArrayList<>();

    private record Taken(String bucket, Limit limit) {}

    Attempt(Buckets buckets) {
        this.buckets = buckets;
    }

    /**
     * Takes one out of a further bucket.
     *
     * @throws Fault RESOURCE_EXHAUSTED when it is empty; what was taken out of others is back then
     */
    Attempt take(String bucket, Limit limit) {
        Duration wait = buckets.take(bucket, limit);
        if (!wait.isZero()) {
            giveBack();
            throw Fault.exhausted(
                    "TOO_MANY_ATTEMPTS",
                    "There were too many attempts; try again later.",
                    Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds()));
        }
        taken.add(new Taken(bucket, limit));
        return this;
    }

    void giveBack() {
        taken.forEach(one -> buckets.giveBack(one.bucket(), one.limit()));
        taken.clear();
    }

    void keep(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static @Nullable Attempt of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Attempt.class);
    }
}
