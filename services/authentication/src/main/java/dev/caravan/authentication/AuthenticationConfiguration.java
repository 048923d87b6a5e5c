package dev.caravan.authentication;

import dev.caravan.kernel.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

/** The parts of the service that are no classes of their own. */
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationConfiguration.class);

    private static final int MOST_CONNECTIONS = 16;
    /** Each that did not outlive Redis costs a call the time of an answer before the call finds out. */
    private static final int MOST_IDLE_CONNECTIONS = 4;

    private static final int BREAKER_CALLS = 10;
    private static final int BREAKER_FEWEST_CALLS = 3;
    private static final Duration BREAKER_PAUSE = Duration.ofSeconds(1);

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

    /** For a token that was logged out, itself or with its session. */
    @Bean
    Processor refuseRevokedToken() {
        return exchange -> {
            throw Fault.unauthenticated("TOKEN_REVOKED", "The token has been logged out.");
        };
    }

    /** For a refresh token that is good for nothing; it tells nobody why. */
    @Bean
    Processor refuseRefreshToken() {
        return exchange -> {
            throw Fault.unauthenticated("BAD_REFRESH_TOKEN", "The refresh token is not valid; log in again.");
        };
    }

    /** Asks a Redis that does not answer for a moment nothing, so that nobody waits for it. */
    @Bean
    CircuitBreaker redisBreaker() {
        CircuitBreaker breaker = CircuitBreaker.of(
                "redis",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(BREAKER_CALLS)
                        .minimumNumberOfCalls(BREAKER_FEWEST_CALLS)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(BREAKER_PAUSE)
                        .writableStackTraceEnabled(false)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> LOG.warn("Redis: {}", event.getStateTransition()));
        return breaker;
    }

    /**
     * Connects at the first command, so that the service starts without Redis. A connection that did not survive a
     * restart of Redis is found out before it is used; nobody waits for one longer than a command may take.
     */
    @Bean(destroyMethod = "close")
    UnifiedJedis redis(@Value("${redis.url}") URI url, @Value("${redis.timeout}") int timeoutMillis) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_IDLE_CONNECTIONS);
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
