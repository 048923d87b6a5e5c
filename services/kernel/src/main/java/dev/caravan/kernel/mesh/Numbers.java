package dev.caravan.kernel.mesh;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What was counted since the start of a service.
 *
 * @param total how often
 * @param failed times at which the platform was at fault
 * @param refused times at which the caller was, and was told so
 * @param buckets how many took no longer than each of {@link #BOUNDS}, each counted once, and as the last how many longer; empty
 *     when there were none
 */
public record Numbers(long total, long failed, long refused, List<Long> buckets) {

    /** Milliseconds. */
    public static final List<Long> BOUNDS = List.of(
            1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1000L, 2000L, 5000L, 10_000L, 30_000L, 120_000L, 600_000L);

    /** Of what has not happened yet. */
    public static final Numbers NONE = new Numbers(0, 0, 0, List.of());

    /** Both together. */
    public Numbers plus(Numbers other) {
        if (total == 0 || other.total == 0) {
            return total == 0 ? other : this;
        }
        List<Long> sums = IntStream.range(0, buckets.size())
                .mapToObj(bucket -> buckets.get(bucket) + other.buckets.get(bucket))
                .toList();
        return new Numbers(total + other.total, failed + other.failed, refused + other.refused, sums);
    }
}
