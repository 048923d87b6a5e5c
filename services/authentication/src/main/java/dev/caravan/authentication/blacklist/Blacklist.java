package dev.caravan.authentication.blacklist;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * What Redis knows of revocations. Each is a key that lives as long as what it revokes. Three further keys say how far
 * that can be trusted:
 *
 * <ul>
 *   <li>{@code blacklist:complete}, the marker: every revocation that somebody was told of is there. It expires at a time
 *       of Redis' own clock, so a command that Redis carries out late sets a marker that is over already.
 *   <li>{@code blacklist:filled}: which run of Redis has all revocations that are not marked as missing in the database.
 *       It is gone when Redis lost its data, and names another run when Redis may have lost the last of it.
 *   <li>{@code blacklist:filling:…}: a refill is under way and Redis has lost nothing since it began.
 * </ul>
 *
 * <p>All methods throw {@link JedisException} when Redis does not answer.
 */
@Component
final class Blacklist {

    private static final String PREFIX = "blacklist:";
    private static final String MARKER = PREFIX + "complete";
    private static final String FILLED = PREFIX + "filled";
    private static final String FILLING = PREFIX + "filling:";
    private static final long FILLING_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int BATCH = 1000;

    /** Whether it is still the run of Redis that ARGV[1] names. */
    private static final String SAME_RUN =
            "if not string.find(redis.call('info', 'server'), ARGV[1], 1, true) then return 0 end ";

    /** Sets the marker until ARGV[2] if this run of Redis is the one that was filled. */
    private static final String MARK = SAME_RUN
            + "if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end "
            + "redis.call('set', KEYS[2], '1', 'PXAT', ARGV[2]) return 1";

    /** Says that this run of Redis was filled if nothing was lost meanwhile. */
    private static final String FILL = SAME_RUN
            + "if redis.call('del', KEYS[1]) == 0 then return 0 end "
            + "redis.call('set', KEYS[2], ARGV[1]) return 1";

    private final UnifiedJedis redis;
    private final Clock clock;

    Blacklist(UnifiedJedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** What is known of a token by its own id and its session's: all read at one moment. */
    TokenStatus tokenStatus(String tokenId, String sessionId) {
        List<@Nullable String> values = redis.mget(MARKER, PREFIX + tokenId, PREFIX + sessionId);
        if (values.get(1) != null || values.get(2) != null) {
            return TokenStatus.REVOKED;
        }
        return values.get(0) != null ? TokenStatus.VALID : TokenStatus.UNKNOWN;
    }

    /** @param revocations id to the time that it is revoked until */
    void add(Map<String, Instant> revocations) {
        Instant now = clock.instant();
        List<Map.Entry<String, Instant>> entries = List.copyOf(revocations.entrySet());
        for (int from = 0; from < entries.size(); from += BATCH) {
            add(entries.subList(from, Math.min(from + BATCH, entries.size())), now);
        }
    }

    private void add(List<Map.Entry<String, Instant>> batch, Instant now) {
        List<Response<String>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Map.Entry<String, Instant> entry : batch) {
                long millis = Duration.between(now, entry.getValue()).toMillis();
                if (millis > 0) {
                    answers.add(pipeline.set(
                            PREFIX + entry.getKey(), "1", SetParams.setParams().px(millis)));
                }
            }
            pipeline.sync();
        }
        // A Redis that is full or read-only refuses each by its own answer.
        answers.forEach(Response::get);
    }

    /** Milliseconds of Redis' own clock. */
    long time() {
        Object answer = redis.sendCommand(Command.TIME);
        List<?> parts = (List<?>) answer;
        return TimeUnit.SECONDS.toMillis(number(parts.get(0))) + TimeUnit.MICROSECONDS.toMillis(number(parts.get(1)));
    }

    private static long number(Object bytes) {
        return Long.parseLong(new String((byte[]) bytes, StandardCharsets.US_ASCII));
    }

    RedisRun run() {
        return RedisRun.of(redis.info());
    }

    boolean isFilled(RedisRun run) {
        return run.id().equals(redis.get(FILLED));
    }

    /** @return whether it could be set: not when Redis lost its data or is another run than the one that was filled */
    boolean mark(RedisRun run, long untilMillis) {
        return one(redis.eval(MARK, List.of(FILLED, MARKER), List.of(run.id(), Long.toString(untilMillis))));
    }

    /** The marker is no longer true. */
    void unmark() {
        redis.del(MARKER);
    }

    /** @param refill names it */
    void beginRefill(String refill) {
        redis.set(FILLING + refill, "1", SetParams.setParams().px(FILLING_MILLIS));
    }

    /** @return whether Redis still has what it was given since the refill began */
    boolean endRefill(String refill, RedisRun run) {
        return one(redis.eval(FILL, List.of(FILLING + refill, FILLED), List.of(run.id())));
    }

    private static boolean one(Object answer) {
        return Long.valueOf(1).equals(answer);
    }
}
