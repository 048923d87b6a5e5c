package dev.caravan.authentication.blacklist;

import dev.caravan.authentication.token.TokenClaims;
import dev.caravan.kernel.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/** Ids of revoked tokens, each for as long as its token would have lived. It fails closed. */
@Component
public final class Blacklist {

    private static final Logger LOG = LoggerFactory.getLogger(Blacklist.class);
    private static final String PREFIX = "blacklist:";

    private final UnifiedJedis redis;
    private final Clock clock;

    Blacklist(UnifiedJedis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * @return whether this call revoked it; false when it was revoked before
     * @throws Fault UNAVAILABLE when it can't be known
     */
    boolean add(TokenClaims token) {
        Duration rest = Duration.between(clock.instant(), token.expiresAt());
        SetParams once = SetParams.setParams().nx().px(Math.max(1, rest.toMillis()));
        return call(client -> client.set(PREFIX + token.id(), "1", once)) != null;
    }

    /** @throws Fault UNAVAILABLE when it can't be known */
    boolean contains(TokenClaims token) {
        return Boolean.TRUE.equals(call(client -> client.exists(PREFIX + token.id())));
    }

    private <T> @Nullable T call(Function<UnifiedJedis, @Nullable T> command) {
        try {
            return command.apply(redis);
        } catch (JedisException e) {
            LOG.warn("Redis does not answer: {}", e.toString());
            throw Fault.unavailable(
                    "BLACKLIST_DOWN", "It can't be checked at the moment whether a token has been revoked.");
        }
    }
}
