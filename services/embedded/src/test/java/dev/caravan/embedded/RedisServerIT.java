package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisServerIT {
    @TempDir
    Path folder;

    @Test
    void keepsAKeyOverARestart() {
        try (RedisServer server = RedisServer.start(folder, 0);
                JedisPooled redis = new JedisPooled(server.url())) {
            redis.setex("jti", 3600, "blacklisted");
        }
        try (RedisServer server = RedisServer.start(folder, 0);
                JedisPooled redis = new JedisPooled(server.url())) {
            assertThat(redis.get("jti")).isEqualTo("blacklisted");
            assertThat(redis.ttl("jti")).isBetween(3500L, 3600L);
        }
    }

    @Test
    void refusesClientsWithoutThePassword() {
        try (RedisServer server = RedisServer.start(folder, 0);
                JedisPooled redis = new JedisPooled("127.0.0.1", server.port())) {
            assertThatThrownBy(() -> redis.get("jti"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("NOAUTH");
        }
    }
}
