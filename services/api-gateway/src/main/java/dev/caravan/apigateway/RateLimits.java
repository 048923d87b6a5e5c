package dev.caravan.apigateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.IpNetwork;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How many requests a minute one address and one user may make: a bucket of tokens each, which a minute fills.
 *
 * <p>Not by Camel's Throttle EIP, which has the name: it keeps a permit object for each request that a key may make (90 KB
 * a key at 3000), schedules the removal of keys on a pool that takes a thousand such tasks and forgets to remove the rest
 * (of 5000 keys 4000 stayed for good), and does not know when to come again. Here a key is some hundred bytes, there are
 * {@value #KEYS} at most, and an idle one is gone after a minute, when its bucket is full anyway.
 */
@Configuration(proxyBeanMethods = false)
class RateLimits {

    /** The fault's reason. */
    static final String TOO_MANY_REQUESTS = "TOO_MANY_REQUESTS";

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int KEYS = 100_000;

    @Bean
    Processor admitAddress(ApiGatewayProperties properties) {
        Limit limit = new Limit(properties.ratePerAddress(), "Too many requests come from this address.");
        return exchange -> limit.take(IpNetwork.of(header(exchange, Headers.CLIENT_ADDRESS)));
    }

    @Bean
    Processor admitUser(ApiGatewayProperties properties) {
        Limit limit = new Limit(properties.ratePerUser(), "You send too many requests.");
        return exchange -> limit.take(header(exchange, Headers.USER_ID));
    }

    private static String header(Exchange exchange, String name) {
        return String.valueOf(exchange.getMessage().getHeader(name, String.class));
    }

    private static final class Limit {

        private final int rate;
        private final String sentence;
        private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
                .expireAfterAccess(PERIOD)
                .maximumSize(KEYS)
                .build();

        Limit(int rate, String sentence) {
            this.rate = rate;
            this.sentence = sentence;
        }

        /** @throws Fault RESOURCE_EXHAUSTED when the key has no token left, with the time to the next */
        void take(String key) {
            ConsumptionProbe probe = buckets.get(key, this::fill).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw Fault.exhausted(
                        TOO_MANY_REQUESTS,
                        sentence,
                        Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
            }
        }

        private Bucket fill(String key) {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(rate).refillGreedy(rate, PERIOD))
                    .build();
        }
    }
}
