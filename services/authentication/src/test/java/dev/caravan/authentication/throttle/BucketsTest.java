package dev.caravan.authentication.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.authentication.MovingClock;
import dev.caravan.authentication.throttle.ThrottleProperties.Limit;
import dev.caravan.kernel.Fault;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

/** Without Redis, which nobody serves here; ThrottleIT has one. */
class BucketsTest {

    private static final Limit ACCOUNT = new Limit(10, 1, Duration.ofMinutes(1));
    private static final Limit ADDRESS = new Limit(50, 10, Duration.ofMinutes(1));
    private static final Limit REGISTER = new Limit(200, 200, Duration.ofHours(1));

    private final MovingClock clock = new MovingClock(Instant.parse("2026-05-06T07:08:09Z"));
    private final Buckets buckets =
            new Buckets(new JedisPooled("127.0.0.1", 1), CircuitBreaker.ofDefaults("redis"), clock);
    private final ThrottleProperties limits =
            new ThrottleProperties(ACCOUNT, ADDRESS, ADDRESS, REGISTER, Duration.ofDays(90));

    @Test
    void holdsTheSameLimitsWithoutRedis() {
        for (int i = 0; i < 10; i++) {
            assertThat(buckets.take("a", ACCOUNT)).isZero();
        }
        assertThat(buckets.take("a", ACCOUNT)).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60));
        assertThat(buckets.take("b", ACCOUNT)).isZero();
        clock.move(Duration.ofSeconds(60));
        assertThat(buckets.take("a", ACCOUNT)).isZero();
        assertThat(buckets.take("a", ACCOUNT)).isPositive();
        buckets.giveBack("a", ACCOUNT);
        assertThat(buckets.take("a", ACCOUNT)).isZero();
    }

    @Test
    void isFullAgainAfterAWhileHoweverLongItWasTried() {
        IntStream.range(0, 1000).forEach(i -> buckets.take("a", ACCOUNT));

        clock.move(Duration.ofMinutes(10));

        assertThat(IntStream.range(0, 20)
                        .filter(i -> buckets.take("a", ACCOUNT).isZero())
                        .count())
                .isEqualTo(10);
    }

    @Test
    void tellsWhenToComeAgain() {
        IntStream.range(0, 10).forEach(i -> login("ann", "10.0.0." + i, null));

        Fault fault = refused("ann", "10.0.0.99", null);

        assertThat(fault.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(fault.reason()).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(60));
        clock.move(Duration.ofSeconds(59).plusMillis(500));
        assertThat(refused("ann", "10.0.0.99", null).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        clock.move(Duration.ofSeconds(1));
        login("ann", "10.0.0.99", null);
    }

    @Test
    void lockNoOwnerOutWhoComesFromWhereHeCameFromBefore() {
        for (int i = 0; i < 10; i++) {
            login("ann", "10.0.0." + i, null);
        }
        refused("ann", "10.0.0.99", null);

        login("ann", "192.0.2.1", "192.0.2.1");
        for (int i = 0; i < 9; i++) {
            login("ann", "192.0.2.1", "192.0.2.1");
        }
        refused("ann", "192.0.2.1", "192.0.2.1");
    }

    @Test
    void takesNothingFromTheAddressForAnAccountThatHasNothingLeft() {
        for (int i = 0; i < 10; i++) {
            login("ann", "10.0.0." + i, null);
        }
        for (int i = 0; i < 100; i++) {
            refused("ann", "10.0.0.99", null);
        }

        for (int i = 0; i < 50; i++) {
            login("someone" + i, "10.0.0.99", null);
        }
        assertThat(refused("someone else", "10.0.0.99", null).retryAfter()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void countsClientsOfNoKnownAddressAsOne() {
        for (int i = 0; i < 50; i++) {
            login("someone" + i, "", null);
        }
        refused("someone else", "", null);
    }

    @Test
    void givesBackWhatWasNoWrongPassword() {
        Fault wrong = Fault.unauthenticated("BAD_CREDENTIALS", "");
        for (int i = 0; i < 30; i++) {
            settle(login("ann", "10.0.0.1", null), null);
            settle(login("ann", "10.0.0.1", null), Fault.unavailable("DOWN", ""));
            settle(login("ann", "10.0.0.1", null), Fault.invalid("email", ""));
            settle(login("ann", "10.0.0.1", null), new IllegalStateException());
        }
        for (int i = 0; i < 10; i++) {
            settle(login("ann", "10.0.0.1", null), wrong);
        }
        refused("ann", "10.0.0.1", null);
    }

    @Test
    void settlesACallThatTookNothing() {
        assertThatCode(() -> new SettleAttempt().process(new DefaultExchange(new DefaultCamelContext())))
                .doesNotThrowAnyException();
    }

    @Test
    void countsEveryRegistrationOfAnAddress() {
        for (int i = 0; i < 200; i++) {
            new TakeAttempt(buckets, limits).registration(exchange("ann", "10.0.0.1", null));
        }

        Fault fault = catchThrowableOfType(
                Fault.class, () -> new TakeAttempt(buckets, limits).registration(exchange("ann", "10.0.0.1", null)));

        assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void hasABucketOfItsOwnForRefreshes() {
        for (int i = 0; i < 50; i++) {
            new TakeAttempt(buckets, limits).refresh(exchange("ann", "10.0.0.1", null));
        }

        assertThat(catchThrowableOfType(Fault.class, () -> new TakeAttempt(buckets, limits)
                                .refresh(exchange("ann", "10.0.0.1", null)))
                        .reason())
                .isEqualTo("TOO_MANY_ATTEMPTS");
        login("ann", "10.0.0.1", null);
    }

    private Exchange login(String account, String address, @Nullable String known) {
        Exchange exchange = exchange(account, address, known);
        new TakeAttempt(buckets, limits).login(exchange);
        return exchange;
    }

    private Fault refused(String account, String address, @Nullable String known) {
        return catchThrowableOfType(Fault.class, () -> login(account, address, known));
    }

    private static void settle(Exchange exchange, @Nullable Exception failure) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        new SettleAttempt().process(exchange);
    }

    private static Exchange exchange(String account, String address, @Nullable String known) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable("account", account);
        exchange.setVariable("address", address);
        if (known != null) {
            exchange.setVariable("known_address", known);
        }
        return exchange;
    }
}
