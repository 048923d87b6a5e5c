package dev.caravan.kernel.mesh;

import dev.caravan.kernel.Fault;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Counts the calls of one thing: how many, how they ended and how long they took. */
final class CallCounter {

    /** What a service tells its caller of the call; everything else is a failure of the platform. */
    private static final Set<Status.Code> REFUSALS = Set.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.OUT_OF_RANGE,
            Status.Code.UNAUTHENTICATED,
            Status.Code.PERMISSION_DENIED,
            Status.Code.NOT_FOUND,
            Status.Code.ALREADY_EXISTS,
            Status.Code.ABORTED,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.CANCELLED);

    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final List<LongAdder> buckets = new ArrayList<>();

    CallCounter() {
        for (int bucket = 0; bucket <= Numbers.BOUNDS.size(); bucket++) {
            buckets.add(new LongAdder());
        }
    }

    void add(Exchange exchange, long millis) {
        Throwable failure = failureOf(exchange);
        if (failure != null) {
            Fault fault = Fault.in(failure);
            (fault != null && REFUSALS.contains(fault.code()) ? refused : failed).increment();
        }
        buckets.get(bucketOf(millis)).increment();
    }

    /** What failed counts as failed also when the route had an answer to it. */
    private static @Nullable Throwable failureOf(Exchange exchange) {
        Throwable failure = exchange.getException();
        if (failure == null && exchange.getExchangeExtension().isFailureHandled()) {
            failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        }
        return failure;
    }

    private static int bucketOf(long millis) {
        int bucket = 0;
        while (bucket < Numbers.BOUNDS.size() && millis > Numbers.BOUNDS.get(bucket)) {
            bucket++;
        }
        return bucket;
    }

    Numbers numbers() {
        List<Long> counts = buckets.stream().map(LongAdder::sum).toList();
        long total = counts.stream().mapToLong(Long::longValue).sum();
        return total == 0 ? Numbers.NONE : new Numbers(total, failed.sum(), refused.sum(), counts);
    }
}
