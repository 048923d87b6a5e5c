package dev.caravan.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceIdentityTest {

    private static final String KEY = "a key that all services share";

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ServiceIdentity user = at(KEY, now);

    @Test
    void letsAServiceInThatHasTheSameKey() {
        String token = at(KEY, now).token();

        assertThatCode(() -> user.check(token)).doesNotThrowAnyException();
        assertThatCode(() -> user.check(token)).as("once more").doesNotThrowAnyException();
    }

    @Test
    void refusesATokenOfAnotherKey() {
        assertRefused(at("another key", now).token());
    }

    @Test
    void refusesATokenThatHasExpiredAlsoOneThatItLetInBefore() {
        String token = user.token();
        user.check(token);

        assertThatThrownBy(() -> at(KEY, now.plus(Duration.ofMinutes(5))).check(token))
                .isInstanceOf(Fault.class);
        assertThatCode(() -> at(KEY, now.plus(Duration.ofSeconds(80))).check(token))
                .as("clocks differ a little")
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"x", "a.b.c", "Bearer", "eyJhbGciOiJub25lIn0.e30."})
    void refusesWhatIsNoToken(String token) {
        assertRefused(token);
    }

    @Test
    void refusesAnUnsignedTokenAndOneForOthers() throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience("caravan-services")
                .expirationTime(Date.from(now.plusSeconds(60)))
                .build();
        assertRefused(new PlainJWT(new PlainHeader(), claims).serialize());
        SignedJWT forOthers = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder(claims).audience("caravan").build());
        forOthers.sign(
                new MACSigner(java.security.MessageDigest.getInstance("SHA-256").digest(KEY.getBytes())));
        assertRefused(forOthers.serialize());
    }

    @Test
    void makesANewTokenBeforeTheOldOneExpires() {
        MovingClock clock = new MovingClock(now);
        ServiceIdentity identity = new ServiceIdentity("user", KEY, clock);
        String first = identity.token();
        clock.now = now.plusSeconds(10);
        assertThat(identity.token()).isEqualTo(first);
        clock.now = now.plusSeconds(40);
        assertThat(identity.token()).isNotEqualTo(first);
    }

    @Test
    void showsAndAsksForNothingWithoutAKey() {
        assertThat(ServiceIdentity.none().token()).isNull();
        assertThatCode(() -> ServiceIdentity.none().check(null)).doesNotThrowAnyException();
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> user.check(token))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.reason()).isEqualTo(ServiceIdentity.NOT_A_SERVICE));
    }

    private static ServiceIdentity at(String key, Instant instant) {
        return new ServiceIdentity("upload", key, Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static final class MovingClock extends Clock {

        private Instant now;

        MovingClock(Instant now) {
            this.now = now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
