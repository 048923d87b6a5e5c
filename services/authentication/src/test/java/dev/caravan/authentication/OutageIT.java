package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.LogoutRequest;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponseData;
import dev.caravan.proto.auth.VerifyTokenRequest;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the service depends on goes and comes: authentication-refuse-revoked, authentication-find-revocation,
 * authentication-blacklist, authentication-mirror-revocations, authentication-refill-blacklist.
 */
class OutageIT extends AuthenticationTestBase {

    private static final Duration MARKER = Duration.ofSeconds(3);

    private long pausedRedis;

    @AfterEach
    void bringAllBack() throws Exception {
        resumeRedis();
        startRedisAgain();
        if (FreePorts.isFree(Database.server().port())) {
            Database.startAgain();
        }
        USERS.startAgain();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !verify(registered().getToken()).getName().isEmpty());
        awaitMarker();
    }

    @Test
    void keepsValidUsersWorkingAndRevokedTokensRefusedWhileRedisIsDown() {
        RegisterResponseData valid = registered();
        String revoked = registered().getToken();
        logOut(revoked);
        stopRedis();

        assertThat(verify(valid.getToken())).isEqualTo(valid.getUser());
        assertThat(fault(() -> verify(revoked)).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> verify("abc")).reason()).isEqualTo("BAD_TOKEN");
        assertThat(registered().getToken()).isNotEmpty();
        assertThat(verify(refresh(valid.getRefreshToken()).getToken())).isEqualTo(valid.getUser());
    }

    @Test
    void keepsValidUsersWorkingAndRevokedTokensRefusedWhileRedisHangs() throws Exception {
        RegisterResponseData valid = registered();
        String revoked = registered().getToken();
        logOut(revoked);
        awaitMarker();
        pauseRedis();

        for (int i = 0; i < 5; i++) {
            assertThat(verify(valid.getToken())).isEqualTo(valid.getUser());
            assertThat(fault(() -> verify(revoked)).reason()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @Test
    void refusesALoggedOutTokenAtOnceWhenRedisThatHungGoesOn() throws Exception {
        RegisterResponseData leaving = registered();
        RegisterResponseData staying = registered();
        awaitMarker();
        pauseRedis();

        logOut(leaving.getToken());
        resumeRedis();

        // From the first moment on, with what was on its way to Redis meanwhile.
        for (int i = 0; i < 200; i++) {
            assertThat(fault(() -> verify(leaving.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        }
        assertThat(verify(staying.getToken())).isEqualTo(staying.getUser());
        await().atMost(PATIENCE).until(() -> jedis.exists("blacklist:" + sessionOf(leaving.getToken())));
    }

    @Test
    void logsOutWhileRedisIsDownAndTellsSoOnlyWhenNobodyTrustsItAnyMore() {
        String token = registered().getToken();
        awaitMarker();
        stopRedis();

        long begin = System.nanoTime();
        logOut(token);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(taken).isGreaterThanOrEqualTo(MARKER);
        assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> logOut(token)).reason()).isEqualTo("TOKEN_REVOKED");
        startRedisAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> jedis.exists("blacklist:" + sessionOf(token)));
        awaitMarker();
        assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void refusesRevokedTokensAlthoughRedisLosesEverything() {
        RegisterResponseData valid = registered();
        String revoked = registered().getToken();
        logOut(revoked);

        for (int i = 0; i < 10; i++) {
            awaitMarker();
            jedis.flushAll();
            for (int j = 0; j < 10; j++) {
                assertThat(fault(() -> verify(revoked)).reason()).isEqualTo("TOKEN_REVOKED");
            }
            assertThat(verify(valid.getToken())).isEqualTo(valid.getUser());
        }
        awaitMarker();
        assertThat(jedis.exists("blacklist:" + sessionOf(revoked))).isTrue();
        assertThat(jedis.exists("blacklist:" + tokenOf(revoked))).isTrue();
    }

    @Test
    void doesNotTrustARedisThatCameBackWithOldData() {
        String revoked = registered().getToken();
        logOut(revoked);
        awaitMarker();
        // As a copy of before: all that says that it is complete, and not what it lacks.
        jedis.del("blacklist:" + sessionOf(revoked), "blacklist:" + tokenOf(revoked));

        stopRedis();
        startRedisAgain();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> jedis.exists("blacklist:" + sessionOf(revoked)));
        awaitMarker();
        assertThat(fault(() -> verify(revoked)).reason()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void doesNotTrustARedisThatDropsKeys() {
        awaitMarker();
        jedis.configSet("maxmemory-policy", "allkeys-lru");
        try {
            await().atMost(PATIENCE).until(() -> !jedis.exists("blacklist:complete"));
            RegisterResponseData valid = registered();
            assertThat(verify(valid.getToken())).isEqualTo(valid.getUser());
            logOut(valid.getToken());
            assertThat(fault(() -> verify(valid.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        } finally {
            jedis.configSet("maxmemory-policy", "noeviction");
        }
    }

    @Test
    void neitherAcceptsNorRefusesATokenWhileBothAreDown() {
        String token = registered().getToken();
        stopRedis();
        Database.stop();

        Fault verified = fault(() -> verify(token));
        Fault loggedOut = fault(() -> logOut(token));

        assertThat(verified.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(verified.retryAfter()).isPositive();
        assertThat(verified.getMessage()).doesNotContainIgnoringCase("redis").doesNotContain("127.0.0.1");
        assertThat(loggedOut.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fault(() -> verify("abc")).reason()).isEqualTo("BAD_TOKEN");
    }

    @Test
    void neverCallsATokenRevokedBecauseTheDatabaseIsDown() {
        RegisterRequest account = ann();
        RegisterResponseData registered = service().register(account).getData();
        awaitMarker();
        Database.stop();

        // Redis is trusted for a moment yet; then nobody can tell.
        await().atMost(PATIENCE).until(() -> {
            try {
                assertThat(verify(registered.getToken())).isEqualTo(registered.getUser());
                return false;
            } catch (io.grpc.StatusRuntimeException e) {
                assertThat(Fault.from(e).code()).isEqualTo(Status.Code.UNAVAILABLE);
                return true;
            }
        });
        assertThat(fault(() -> logIn(account)).code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fault(() -> refresh(registered.getRefreshToken())).code()).isEqualTo(Status.Code.UNAVAILABLE);
        RegisterRequest another = ann();
        assertThat(fault(() -> service().register(another)).code()).isEqualTo(Status.Code.UNAVAILABLE);

        Database.startAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> verify(registered.getToken())
                .equals(registered.getUser()));
        assertThat(verify(refresh(registered.getRefreshToken()).getToken())).isEqualTo(registered.getUser());
        assertThat(service().register(another).getData().getToken()).isNotEmpty();
    }

    @Test
    void remembersWhatWasRevokedOverARestartOfRedisAndWorksAtOnce() {
        RegisterResponseData kept = registered();
        String revoked = registered().getToken();
        logOut(revoked);

        stopRedis();
        startRedisAgain();

        assertThat(verify(kept.getToken())).isEqualTo(kept.getUser());
        assertThat(fault(() -> verify(revoked)).reason()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void startsOnARedisThatLostItsDataAndRefusesWhatWasRevokedBefore() throws Exception {
        RegisterResponseData valid = registered();
        String revoked = registered().getToken();
        logOut(revoked);
        jedis.flushAll();

        withAnotherInstance(instance -> {
            var verification = withMetadata(instance, Map.of("authorization", "Bearer " + revoked));
            assertThat(fault(() -> verification.verifyToken(VerifyTokenRequest.getDefaultInstance()))
                            .reason())
                    .isEqualTo("TOKEN_REVOKED");
            assertThat(withMetadata(instance, Map.of("authorization", "Bearer " + valid.getToken()))
                            .verifyToken(VerifyTokenRequest.getDefaultInstance())
                            .getData()
                            .getUser())
                    .isEqualTo(valid.getUser());
        });
    }

    @Test
    void refusesAtEveryInstanceWhatOneOfThemLoggedOut() throws Exception {
        withAnotherInstance(instance -> {
            for (int i = 0; i < 20; i++) {
                String token = registered().getToken();
                withMetadata(instance, Map.of("authorization", "Bearer " + token))
                        .logout(LogoutRequest.getDefaultInstance());
                assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
            }
        });
    }

    @Test
    void startsWithoutRedisAndDatabaseAndServesOnceTheyAreThere() throws Exception {
        String token = registered().getToken();
        stopRedis();
        Database.stop();

        withAnotherInstance(instance -> {
            var verification = withMetadata(instance, Map.of("authorization", "Bearer " + token));
            assertThat(fault(() -> verification.verifyToken(VerifyTokenRequest.getDefaultInstance()))
                            .code())
                    .isEqualTo(Status.Code.UNAVAILABLE);

            Database.startAgain();
            startRedisAgain();

            await().atMost(PATIENCE).ignoreExceptions().until(() -> !withMetadata(
                            instance, Map.of("authorization", "Bearer " + token))
                    .verifyToken(VerifyTokenRequest.getDefaultInstance())
                    .getData()
                    .getUser()
                    .getName()
                    .isEmpty());
        });
    }

    @Test
    void saysUnavailableWhileTheUserServiceIsDownAndUsesNoRefreshTokenUp() throws Exception {
        RegisterResponseData session = registered();
        USERS.stop();

        Fault verified = fault(() -> verify(session.getToken()));
        Fault registered = fault(this::registered);
        Fault refreshed = fault(() -> refresh(session.getRefreshToken()));

        assertThat(verified.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(registered.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(registered.getMessage()).doesNotContain("127.0.0.1");
        assertThat(refreshed.code()).isEqualTo(Status.Code.UNAVAILABLE);
        USERS.startAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> verify(session.getToken())
                .equals(session.getUser()));
        assertThat(verify(refresh(session.getRefreshToken()).getToken())).isEqualTo(session.getUser());
    }

    private void pauseRedis() throws Exception {
        pausedRedis = jedis.info("server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("process_id:".length()).strip()))
                .findFirst()
                .orElseThrow();
        signal("STOP", pausedRedis);
    }

    private void resumeRedis() throws Exception {
        if (pausedRedis != 0) {
            signal("CONT", pausedRedis);
            pausedRedis = 0;
        }
    }

    private static void signal(String signal, long process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private static String sessionOf(String token) {
        return String.valueOf(claim(token, "sid"));
    }

    private static String tokenOf(String token) {
        return String.valueOf(claim(token, "jti"));
    }

    private static Object claim(String token, String name) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getClaim(name);
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
