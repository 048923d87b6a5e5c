package dev.caravan.kernel.grpc;

import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The time that a caller still waits, kept on the exchange so that calls made for it wait no longer. */
final class CallDeadline {

    static final String PROPERTY = "CaravanCallDeadline";

    private CallDeadline() {}

    static Deadline of(Exchange exchange, Duration longest) {
        Deadline own = Deadline.after(longest.toNanos(), TimeUnit.NANOSECONDS);
        @Nullable Deadline callers = exchange.getProperty(PROPERTY, Deadline.class);
        return callers == null ? own : own.minimum(callers);
    }
}
