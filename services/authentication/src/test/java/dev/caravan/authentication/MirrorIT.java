package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One look of the mirror at a time. */
class MirrorIT extends AuthenticationTestBase {

    private static final String MIRROR = "authentication-mirror-revocations";

    @Autowired
    CamelContext context;

    private Route mirror;

    @BeforeEach
    void stopTheTimer() throws Exception {
        mirror = Objects.requireNonNull(context.getRoute(MIRROR));
        context.getRouteController().suspendRoute(MIRROR);
        look();
    }

    @AfterEach
    void startTheTimer() throws Exception {
        context.getRouteController().resumeRoute(MIRROR);
        awaitMarker();
    }

    @Test
    void givesRedisWhatItLacksAndTheMarkerAfterThat() throws Exception {
        String key = revoked("10 minutes");
        String over = revoked("-1 minute");

        look();

        assertThat(jedis.ttl("blacklist:" + key)).isBetween(500L, 600L);
        assertThat(jedis.exists("blacklist:" + over)).isFalse();
        assertThat(jedis.pttl("blacklist:complete")).isBetween(1L, 3000L);
        assertThat(mirrored(key)).isTrue();
        assertThat(mirrored(over)).isFalse();
    }

    @Test
    void givesWhatWasMirroredBeforeOnlyToARedisThatLostIt() throws Exception {
        String key = revoked("10 minutes");
        look();
        jedis.del("blacklist:" + key);
        look();
        assertThat(jedis.exists("blacklist:" + key)).isFalse();

        jedis.flushAll();
        look();

        assertThat(jedis.exists("blacklist:" + key)).isTrue();
        assertThat(jedis.exists("blacklist:complete")).isTrue();
        assertThat(context.getRoute("authentication-refill-blacklist")).isNotNull();
    }

    @Test
    void setsNoMarkerWithoutALookAtTheDatabase() throws Exception {
        jedis.del("blacklist:complete");
        Database.stop();
        try {
            Exchange exchange = look();
            assertThat(exchange.getException()).isNull();
            assertThat(jedis.exists("blacklist:complete")).isFalse();
        } finally {
            Database.startAgain();
        }
    }

    private Exchange look() throws Exception {
        Exchange exchange = mirror.getEndpoint().createExchange();
        mirror.getProcessor().process(exchange);
        return exchange;
    }

    private String revoked(String in) {
        String key = UUID.randomUUID().toString();
        jdbc.update("INSERT INTO revocations (key, until) VALUES (?, now() + ?::interval)", key, in);
        return key;
    }

    private boolean mirrored(String key) {
        return jdbc.queryForObject("SELECT mirrored_at IS NOT NULL FROM revocations WHERE key = ?", Boolean.class, key);
    }
}
