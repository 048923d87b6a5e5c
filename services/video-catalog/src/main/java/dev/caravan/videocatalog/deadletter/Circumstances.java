package dev.caravan.videocatalog.deadletter;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a message was put aside, and why.
 *
 * @param queue that it came from; null when that is not known
 * @param service that put it aside
 * @param reason stable, UPPER_SNAKE
 * @param error what went wrong, for an operator
 * @param videoId as the service told it; null when it did not
 * @param trail routes that it went through, in their order
 */
record Circumstances(
        @Nullable String queue,
        String service,
        String reason,
        String error,
        Instant failedAt,
        @Nullable String videoId,
        List<String> trail) {}
