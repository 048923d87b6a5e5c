package dev.caravan.authentication.blacklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.RedisServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** What the marker says, and when it can't be set, on a Redis of its own. */
class BlacklistIT {

    @TempDir
    static Path folder;

    private static RedisServer server;
    private static UnifiedJedis redis;
    private static Blacklist blacklist;

    @BeforeAll
    static void start() {
        server = RedisServer.start(folder, 0);
        redis = new JedisPooled(server.url());
        blacklist = new Blacklist(redis, Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void clear() {
        redis.flushAll();
    }

    @Test
    void knowsNothingWithoutTheMarkerButWhatIsThere() {
        blacklist.add(Map.of("revoked", Instant.now().plusSeconds(60)));

        assertThat(blacklist.tokenStatus("token", "session")).isEqualTo(TokenStatus.UNKNOWN);
        assertThat(blacklist.tokenStatus("revoked", "session")).isEqualTo(TokenStatus.REVOKED);
        assertThat(blacklist.tokenStatus("token", "revoked")).isEqualTo(TokenStatus.REVOKED);
    }

    @Test
    void knowsAllWithTheMarkerUntilThatIsOver() {
        fill();

        assertThat(blacklist.mark(blacklist.run(), blacklist.time() + 60_000)).isTrue();
        assertThat(blacklist.tokenStatus("token", "session")).isEqualTo(TokenStatus.VALID);
        assertThat(blacklist.mark(blacklist.run(), blacklist.time() + 300)).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> blacklist.tokenStatus("token", "session") == TokenStatus.UNKNOWN);
    }

    @Test
    void setsNoMarkerThatIsOverAlready() {
        fill();

        blacklist.mark(blacklist.run(), blacklist.time() - 1);

        assertThat(blacklist.tokenStatus("token", "session")).isEqualTo(TokenStatus.UNKNOWN);
    }

    @Test
    void setsNoMarkerOnARedisThatWasNotFilledOrLostItsData() {
        RedisRun run = blacklist.run();
        assertThat(blacklist.isFilled(run)).isFalse();
        assertThat(blacklist.mark(run, blacklist.time() + 60_000)).isFalse();

        fill();
        assertThat(blacklist.isFilled(run)).isTrue();
        redis.flushAll();

        assertThat(blacklist.mark(run, blacklist.time() + 60_000)).isFalse();
        assertThat(blacklist.tokenStatus("token", "session")).isEqualTo(TokenStatus.UNKNOWN);
    }

    @Test
    void setsNoMarkerForAnotherRunOfRedis() {
        fill();
        RedisRun other = new RedisRun("0".repeat(40), false);

        assertThat(blacklist.isFilled(other)).isFalse();
        assertThat(blacklist.mark(other, blacklist.time() + 60_000)).isFalse();
        blacklist.beginRefill("a");
        assertThat(blacklist.endRefill("a", other)).isFalse();
    }

    @Test
    void isNotFilledWhenDataWasLostDuringTheRefill() {
        blacklist.beginRefill("a");
        redis.flushAll();

        assertThat(blacklist.endRefill("a", blacklist.run())).isFalse();
        assertThat(blacklist.isFilled(blacklist.run())).isFalse();
    }

    @Test
    void isFilledByEachOfSeveralWhoRefillAtOnce() {
        blacklist.beginRefill("a");
        blacklist.beginRefill("b");

        assertThat(blacklist.endRefill("a", blacklist.run())).isTrue();
        assertThat(blacklist.endRefill("b", blacklist.run())).isTrue();
        assertThat(blacklist.endRefill("b", blacklist.run())).isFalse();
    }

    @Test
    void keepsEachRevocationForAsLongAsItIsNeeded() {
        Map<String, Instant> many = new LinkedHashMap<>();
        IntStream.range(0, 2500).forEach(i -> many.put("id" + i, Instant.now().plusSeconds(60)));
        many.put("past", Instant.now().minusSeconds(1));

        blacklist.add(many);
        blacklist.add(Map.of());

        assertThat(redis.dbSize()).isEqualTo(2500);
        assertThat(redis.ttl("blacklist:id2499")).isBetween(1L, 60L);
    }

    @Test
    void saysSoWhenRedisRefusesToStore() {
        redis.configSet("maxmemory", "1");
        try {
            assertThatExceptionOfType(JedisDataException.class)
                    .isThrownBy(() -> blacklist.add(Map.of("id", Instant.now().plusSeconds(60))));
        } finally {
            redis.configSet("maxmemory", "0");
        }
    }

    @Test
    void readsWhatRedisTellsOfItself() {
        RedisRun run = blacklist.run();

        assertThat(run.id()).matches("[0-9a-f]{40}");
        assertThat(run.evictsKeys()).isFalse();
        assertThat(RedisRun.of("# Memory\r\nmaxmemory_policy:allkeys-lru\r\nrun_id:a\r\n"))
                .isEqualTo(new RedisRun("a", true));
    }

    private static void fill() {
        blacklist.beginRefill("first");
        blacklist.endRefill("first", blacklist.run());
    }
}
