package dev.caravan.authentication;

import dev.caravan.kernel.Fault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** The parts of the service that are no steps of a route. */
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {

    private static final int MOST_CONNECTIONS = 16;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For a valid token whose user is not there any more. */
    @Bean
    Processor refuseGoneUser() {
        return exchange -> {
            throw Fault.unauthenticated("USER_GONE", "The user of this token is gone.");
        };
    }

    /**
     * Connects at the first command, so that the service starts without Redis. A connection that did not survive a
     * restart of Redis is found out before it is used; nobody waits for one longer than a command may take.
     */
    @Bean(destroyMethod = "close")
    UnifiedJedis redis(@Value("${redis.url}") URI url, @Value("${redis.timeout}") int timeoutMillis) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxWait(Duration.ofMillis(timeoutMillis));
        pool.setTestOnBorrow(true);
        return new JedisPooled(
                pool,
                new HostAndPort(url.getHost(), url.getPort() < 0 ? Protocol.DEFAULT_PORT : url.getPort()),
                DefaultJedisClientConfig.builder()
                        .user(JedisURIHelper.getUser(url))
                        .password(JedisURIHelper.getPassword(url))
                        .database(JedisURIHelper.getDBIndex(url))
                        .ssl(JedisURIHelper.isRedisSSLScheme(url))
                        .connectionTimeoutMillis(timeoutMillis)
                        .socketTimeoutMillis(timeoutMillis)
                        .build());
    }
}
