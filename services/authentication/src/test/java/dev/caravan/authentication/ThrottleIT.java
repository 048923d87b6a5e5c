package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.LoginRequest;
import dev.caravan.proto.auth.RefreshRequest;
import dev.caravan.proto.auth.RegisterRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How many attempts there are: authentication-throttle-login, authentication-check-credential,
 * authentication-throttle-registration. Of an account 10 at once and one a minute, of an address 50 and ten a minute.
 */
class ThrottleIT extends AuthenticationTestBase {

    private static final int ACCOUNT = 10;
    private static final int ADDRESS = 50;

    @AfterEach
    void bringRedisBack() {
        startRedisAgain();
        awaitMarker();
    }

    @Test
    void refusesAnAccountThatWasTriedTooOftenWhetherItIsThereOrNot() {
        RegisterRequest account = ann();
        service().register(account);

        Fault known = triedTooOften(account.getEmail());
        Fault unknown = triedTooOften(UUID.randomUUID() + "@example.org");

        assertThat(known.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(known.reason()).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(known.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(unknown)
                .usingRecursiveComparison()
                .ignoringFields("retryAfter")
                .isEqualTo(known);
        assertThat(unknown.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        // Not even the right password, or strangers would learn it by the answer.
        assertThat(fault(() -> from(newAddress()).login(login(account.getEmail(), account.getPassword())))
                        .reason())
                .isEqualTo("TOO_MANY_ATTEMPTS");
    }

    @Test
    void letsTheOwnerInWhereHeLoggedInBefore() {
        RegisterRequest account = ann();
        service().register(account);
        triedTooOften(account.getEmail());

        assertThat(logIn(account).getToken()).isNotEmpty();
        for (int i = 0; i < ACCOUNT; i++) {
            assertThat(fault(() -> service().login(wrong(account.getEmail()))).reason())
                    .isEqualTo("BAD_CREDENTIALS");
        }
        assertThat(fault(() -> logIn(account)).reason()).isEqualTo("TOO_MANY_ATTEMPTS");
    }

    @Test
    void forgetsAnAddressThatTheOwnerHasNotUsedForLong() {
        RegisterRequest account = ann();
        service().register(account);
        jdbc.update("UPDATE known_addresses SET last_login_at = now() - interval '91 days' WHERE address = ?", address);

        triedTooOften(account.getEmail());

        assertThat(fault(() -> logIn(account)).reason()).isEqualTo("TOO_MANY_ATTEMPTS");
    }

    @Test
    void countsNoLoginThatSucceeds() {
        RegisterRequest account = ann();
        service().register(account);

        for (int i = 0; i < 3 * ACCOUNT; i++) {
            assertThat(from(newAddress())
                            .login(login(account.getEmail(), account.getPassword()))
                            .getData()
                            .getToken())
                    .isNotEmpty();
        }
    }

    @Test
    void givesManyAtOnceNoMoreThanManyInARow() throws Exception {
        String email = UUID.randomUUID() + "@example.org";
        ExecutorService people = Executors.newFixedThreadPool(12);
        try {
            List<String> reasons = people
                    .invokeAll(java.util.Collections.nCopies(
                            4 * ACCOUNT, (Callable<String>) () -> reason(newAddress(), email)))
                    .stream()
                    .map(ThrottleIT::get)
                    .toList();
            assertThat(reasons.stream().filter("BAD_CREDENTIALS"::equals).count())
                    .isBetween((long) ACCOUNT, ACCOUNT + 1L);
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void refusesAnAddressThatTriedTooManyAccounts() {
        String attacker = newAddress();

        int tries = 0;
        while (reason(attacker, UUID.randomUUID() + "@example.org").equals("BAD_CREDENTIALS")) {
            tries++;
        }

        // What flows in meanwhile is a sixth of an attempt a second.
        assertThat(tries).isBetween(ADDRESS, ADDRESS + 30);
        assertThat(registered().getToken()).isNotEmpty();
        assertThat(fault(() -> from(attacker).login(wrong("ann@example.org"))).retryAfter())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6));
    }

    @Test
    void countsTheAddressesOfOneIpv6CustomerAsOne() {
        String network = "2001:db8:" + Integer.toHexString(1 + (int) (Math.random() * 65_000)) + ":1:";

        int tries = 0;
        while (reason(network + ":" + Integer.toHexString(tries + 1), UUID.randomUUID() + "@example.org")
                .equals("BAD_CREDENTIALS")) {
            tries++;
        }

        assertThat(tries).isBetween(ADDRESS, ADDRESS + 30);
    }

    @Test
    void refusesAnAddressThatTriedTooManyRefreshTokensAndNoneThatRefreshesWell() {
        String next = registered().getRefreshToken();
        for (int i = 0; i < ADDRESS + 10; i++) {
            next = refresh(next).getRefreshToken();
        }

        String attacker = newAddress();
        int tries = 0;
        while (refreshReason(attacker).equals("BAD_REFRESH_TOKEN")) {
            tries++;
        }

        assertThat(tries).isBetween(ADDRESS, ADDRESS + 30);
        assertThat(refreshReason(attacker)).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(refresh(next).getToken()).isNotEmpty();
    }

    @Test
    void holdsTheLimitsWhileRedisIsDown() {
        RegisterRequest account = ann();
        service().register(account);
        stopRedis();

        assertThat(triedTooOften(account.getEmail()).reason()).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(logIn(account).getToken()).isNotEmpty();
    }

    @Test
    void keepsNeitherEmailsNorPasswordsInRedis() {
        String email = UUID.randomUUID() + "@example.org";
        await().atMost(PATIENCE).untilAsserted(() -> {
            reason(newAddress(), email);
            assertThat(jedis.keys("throttle:*")).isNotEmpty();
        });

        assertThat(jedis.keys("*")).noneMatch(key -> key.contains(email));
        assertThat(jedis.keys("throttle:*")).allMatch(key -> jedis.ttl(key) > 0);
    }

    /** By strangers, each at an address of his own. */
    private Fault triedTooOften(String email) {
        for (int i = 0; i < 2 * ACCOUNT; i++) {
            if (reason(newAddress(), email).equals("TOO_MANY_ATTEMPTS")) {
                assertThat(i).isGreaterThanOrEqualTo(ACCOUNT);
                return fault(() -> from(newAddress()).login(wrong(email)));
            }
        }
        throw new AssertionError("nobody was refused");
    }

    private String reason(String clientAddress, String email) {
        return fault(() -> from(clientAddress).login(wrong(email))).reason();
    }

    private String refreshReason(String clientAddress) {
        return fault(() -> from(clientAddress)
                        .refresh(RefreshRequest.newBuilder()
                                .setRefreshToken("A".repeat(43))
                                .build()))
                .reason();
    }

    private static LoginRequest wrong(String email) {
        return login(email, "wrong password");
    }

    private static String get(Future<String> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
