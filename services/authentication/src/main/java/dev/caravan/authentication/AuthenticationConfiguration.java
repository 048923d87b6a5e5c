package dev.caravan.authentication;

import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/** The parts of the service that are no steps of a route. */
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Connects at the first command, so that the service starts without Redis. */
    @Bean(destroyMethod = "close")
    UnifiedJedis redis(@Value("${redis.url}") URI url, @Value("${redis.timeout}") int timeoutMillis) {
        return new JedisPooled(
                new HostAndPort(url.getHost(), url.getPort()),
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
