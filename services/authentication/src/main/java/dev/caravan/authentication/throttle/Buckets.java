package dev.caravan.authentication.throttle;

import dev.caravan.authentication.throttle.ThrottleProperties.Limit;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TimeoutException;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Buckets of attempts by name: in Redis, where all instances share them, or in this instance's memory with the same
 * limits while Redis does not answer.
 */
@Component
final class Buckets {

    private static final String PREFIX = "throttle:";
    private static final Duration LONGEST_CALL = Duration.ofSeconds(1);
    /** Beyond the time that a bucket needs to be full again, when it need not be remembered. */
    private static final Duration KEPT_LONGER = Duration.ofMinutes(1);

    private static final int MOST_LOCAL = 50_000;

    private final ProxyManager<byte[]> shared;
    private final CircuitBreaker redisBreaker;
    private final TimeMeter meter;
    private final Map<String, Bucket> local = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_LOCAL;
        }
    };

    Buckets(UnifiedJedis redis, CircuitBreaker redisBreaker, Clock clock) {
        this.redisBreaker = redisBreaker;
        this.meter = new ClockMeter(clock);
        this.shared = Bucket4jJedis.casBasedBuilder(redis)
                .clientClock(meter)
                .requestTimeout(LONGEST_CALL)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER))
                .build();
    }

    /**
     * Takes an attempt out of a bucket.
     *
     * @return how long until there is one; zero when one was taken
     */
    Duration take(String name, Limit limit) {
        ConsumptionProbe probe = call(name, limit, bucket -> bucket.tryConsumeAndReturnRemaining(1));
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Puts one back. */
    void giveBack(String name, Limit limit) {
        call(name, limit, bucket -> {
            bucket.addTokens(1);
            return true;
        });
    }

    private <T> T call(String name, Limit limit, Function<Bucket, T> command) {
        // Other limits are other buckets.
        String key = PREFIX + limit.burst() + "/" + limit.refill() + "/" + limit.period() + ":" + name;
        BucketConfiguration configuration =
                BucketConfiguration.builder().addLimit(bandwidth(limit)).build();
        try {
            return redisBreaker.executeSupplier(() ->
                    command.apply(shared.builder().build(key.getBytes(StandardCharsets.UTF_8), () -> configuration)));
        } catch (CallNotPermittedException | JedisException | TimeoutException e) {
            return command.apply(local(key, limit));
        }
    }

    private Bucket local(String key, Limit limit) {
        synchronized (local) {
            return local.computeIfAbsent(key, name -> Bucket.builder()
                    .addLimit(bandwidth(limit))
                    .withCustomTimePrecision(meter)
                    .build());
        }
    }

    private static Bandwidth bandwidth(Limit limit) {
        return Bandwidth.builder()
                .capacity(limit.burst())
                .refillGreedy(limit.refill(), limit.period())
                .build();
    }

    private record ClockMeter(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
