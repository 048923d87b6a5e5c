package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.LoginResponseData;
import dev.caravan.proto.auth.RefreshResponseData;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponseData;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The life of a session: authentication-refresh, authentication-renew-session, authentication-rotate-refresh-token,
 * authentication-end-reused-session, authentication-logout-everywhere, authentication-sweep.
 */
class SessionIT extends AuthenticationTestBase {

    private static final int AT_ONCE = 8;

    @Autowired
    CamelContext context;

    @Test
    void refreshesAgainAndAgainWithAnotherTokenEachTime() throws Exception {
        RegisterResponseData registered = registered();
        Set<String> refreshTokens = new HashSet<>(Set.of(registered.getRefreshToken()));
        Set<String> tokens = new HashSet<>(Set.of(registered.getToken()));
        String next = registered.getRefreshToken();

        for (int i = 0; i < 5; i++) {
            RefreshResponseData refreshed = refresh(next);
            next = refreshed.getRefreshToken();
            assertThat(refreshTokens.add(next)).isTrue();
            assertThat(tokens.add(refreshed.getToken())).isTrue();
            assertThat(refreshed.getUser()).isEqualTo(registered.getUser());
            assertThat(refreshed.getExpiresIn()).isEqualTo(3600);
            assertThat(claim(refreshed.getToken(), "sid")).isEqualTo(claim(registered.getToken(), "sid"));
        }

        for (String token : tokens) {
            assertThat(verify(token)).isEqualTo(registered.getUser());
        }
    }

    @Test
    void keepsNoRefreshTokenAnywhere() {
        String token = registered().getRefreshToken();

        for (String table : List.of("sessions", "refresh_tokens", "revocations", "known_addresses")) {
            assertThat(jdbc.queryForList("SELECT row(" + table + ")::text FROM " + table, String.class))
                    .noneMatch(row -> row.contains(token));
        }
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM refresh_tokens WHERE hash = sha256(?::bytea)", Integer.class, token))
                .isEqualTo(1);
    }

    @Test
    void endsTheWholeSessionWhenARefreshTokenComesASecondTime() {
        RegisterRequest account = ann();
        RegisterResponseData first = service().register(account).getData();
        LoginResponseData other = logIn(account);
        RefreshResponseData second = refresh(first.getRefreshToken());
        RefreshResponseData third = refresh(second.getRefreshToken());

        assertThat(fault(() -> refresh(first.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");

        assertThat(fault(() -> refresh(third.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");
        for (String token : List.of(first.getToken(), second.getToken(), third.getToken())) {
            assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
        }
        assertThat(verify(other.getToken())).isEqualTo(other.getUser());
        assertThat(refresh(other.getRefreshToken()).getUser()).isEqualTo(other.getUser());
    }

    @Test
    void letsOneOfManyWhoUseATokenAtOnceHaveItAndEndsTheSession() throws Exception {
        for (int round = 0; round < 5; round++) {
            RegisterResponseData session = registered();

            List<String> answers = atOnce(() -> {
                try {
                    return refresh(session.getRefreshToken()).getToken();
                } catch (StatusRuntimeException e) {
                    return Fault.from(e).reason();
                }
            });

            assertThat(answers.stream().filter(answer -> !answer.equals("BAD_REFRESH_TOKEN")))
                    .hasSize(1);
            String winner = answers.stream()
                    .filter(answer -> !answer.equals("BAD_REFRESH_TOKEN"))
                    .findFirst()
                    .orElseThrow();
            assertThat(fault(() -> verify(winner)).reason()).isEqualTo("TOKEN_REVOKED");
            assertThat(fault(() -> verify(session.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @Test
    void givesOneAnswerForEveryRefreshTokenThatIsGoodForNothing() {
        RegisterResponseData loggedOut = registered();
        logOut(loggedOut.getToken());
        RegisterResponseData expired = registered();
        jdbc.update(
                "UPDATE refresh_tokens SET expires_at = now() - interval '1 second' WHERE session_id = ?::uuid",
                claim(expired.getToken(), "sid"));
        RegisterResponseData over = registered();
        jdbc.update(
                "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = ?::uuid",
                claim(over.getToken(), "sid"));
        List<String> tokens = List.of(
                "",
                " ",
                "abc",
                "\0",
                "\u00e4".repeat(43),
                "A".repeat(43),
                "A".repeat(42),
                "A".repeat(100_000),
                loggedOut.getRefreshToken() + "A",
                loggedOut.getRefreshToken(),
                expired.getRefreshToken(),
                over.getRefreshToken(),
                loggedOut.getToken(),
                "' OR true --");

        for (String token : tokens) {
            Fault fault = fault(() -> refresh(token));
            assertThat(fault.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(fault.reason()).isEqualTo("BAD_REFRESH_TOKEN");
            assertThat(fault.getMessage()).isEqualTo("The refresh token is not valid; log in again.");
        }
    }

    @Test
    void letsNothingOutliveItsSession() throws Exception {
        RegisterResponseData session = registered();
        jdbc.update(
                "UPDATE sessions SET expires_at = now() + interval '100 seconds' WHERE id = ?::uuid",
                claim(session.getToken(), "sid"));

        RefreshResponseData refreshed = refresh(session.getRefreshToken());

        assertThat(refreshed.getExpiresIn()).isBetween(1, 100);
        assertThat(jdbc.queryForObject(
                        "SELECT max(t.expires_at) <= max(s.expires_at) FROM refresh_tokens t JOIN sessions s"
                                + " ON s.id = t.session_id WHERE s.id = ?::uuid AND t.used_at IS NULL",
                        Boolean.class,
                        claim(session.getToken(), "sid")))
                .isTrue();
    }

    @Test
    void endsTheRefreshTokenAndAllAccessTokensOfTheSessionWithALogout() {
        RegisterRequest account = ann();
        RegisterResponseData first = service().register(account).getData();
        LoginResponseData other = logIn(account);
        RefreshResponseData second = refresh(first.getRefreshToken());

        logOut(first.getToken());

        assertThat(fault(() -> verify(first.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> verify(second.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> logOut(second.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> refresh(second.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");
        assertThat(verify(other.getToken())).isEqualTo(other.getUser());
    }

    @Test
    void logsOutEverywhereAndNobodyElse() {
        RegisterRequest account = ann();
        RegisterResponseData first = service().register(account).getData();
        LoginResponseData second = logIn(account);
        RegisterResponseData stranger = registered();

        assertThat(logOutEverywhere(second.getToken()).getMessage()).isEqualTo("Success");

        for (String token : List.of(first.getToken(), second.getToken())) {
            assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
            assertThat(fault(() -> logOutEverywhere(token)).reason()).isEqualTo("TOKEN_REVOKED");
        }
        for (String token : List.of(first.getRefreshToken(), second.getRefreshToken())) {
            assertThat(fault(() -> refresh(token)).reason()).isEqualTo("BAD_REFRESH_TOKEN");
        }
        assertThat(verify(stranger.getToken())).isEqualTo(stranger.getUser());
        assertThat(verify(logIn(account).getToken())).isEqualTo(first.getUser());
    }

    @Test
    void endsAllSessionsWithAChangeOfThePassword() {
        RegisterRequest account = ann();
        RegisterResponseData first = service().register(account).getData();
        LoginResponseData second = logIn(account);

        USERS.changePassword(first.getUser().getId(), "battery staple");

        for (String token : List.of(first.getToken(), second.getToken())) {
            assertThat(fault(() -> verify(token)).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(fault(() -> verify(token)).reason()).isEqualTo("SESSION_ENDED");
            assertThat(fault(() -> logOutEverywhere(token)).reason()).isEqualTo("SESSION_ENDED");
        }
        for (String token : List.of(first.getRefreshToken(), second.getRefreshToken())) {
            assertThat(fault(() -> refresh(token)).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        LoginResponseData anew =
                service().login(login(account.getEmail(), "battery staple")).getData();
        assertThat(verify(anew.getToken())).isEqualTo(first.getUser());
        assertThat(refresh(anew.getRefreshToken()).getUser()).isEqualTo(first.getUser());
    }

    @Test
    void refreshesNobodyWhoIsGone() {
        RegisterResponseData session = registered();
        USERS.remove(session.getUser().getId());

        assertThat(fault(() -> refresh(session.getRefreshToken())).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void tellsTheRoleThatTheUserHasNow() {
        RegisterResponseData session = registered();
        assertThat(verify(session.getToken()).getRole()).isEqualTo("user");

        USERS.makeAdministrator(session.getUser().getId());

        assertThat(verify(session.getToken()).getRole()).isEqualTo("admin");
        assertThat(refresh(session.getRefreshToken()).getUser().getRole()).isEqualTo("admin");
    }

    @Test
    void sweepsWhatIsOfNoUseAnyMoreAndNothingElse() throws Exception {
        RegisterResponseData lasting = registered();
        RegisterResponseData refreshable = registered();
        RegisterResponseData idle = registered();
        RegisterResponseData ended = registered();
        logOut(ended.getToken());
        expireTokens(refreshable);
        expireTokens(idle);
        expireTokens(ended);
        jdbc.update(
                "UPDATE refresh_tokens SET expires_at = now() - interval '1 second' WHERE session_id = ?::uuid",
                claim(idle.getToken(), "sid"));
        jdbc.update(
                "UPDATE revocations SET until = now() - interval '1 hour' WHERE key = ?",
                claim(ended.getToken(), "sid"));
        jdbc.update("UPDATE known_addresses SET last_login_at = now() - interval '91 days' WHERE address = ?", address);

        Route sweep = context.getRoute("authentication-sweep");
        sweep.getProcessor().process(sweep.getEndpoint().createExchange());

        assertThat(sessions(lasting)).isEqualTo(1);
        assertThat(sessions(refreshable)).isEqualTo(1);
        assertThat(sessions(idle)).isZero();
        assertThat(sessions(ended)).isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM revocations WHERE key = ?",
                        Integer.class,
                        claim(ended.getToken(), "sid")))
                .isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM revocations WHERE key = ?",
                        Integer.class,
                        claim(ended.getToken(), "jti")))
                .isEqualTo(1);
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM known_addresses WHERE address = ?", Integer.class, address))
                .isZero();
        assertThat(refresh(refreshable.getRefreshToken()).getUser()).isEqualTo(refreshable.getUser());
    }

    private void expireTokens(RegisterResponseData session) {
        jdbc.update(
                "UPDATE sessions SET token_expires_at = now() - interval '1 hour' WHERE id = ?::uuid",
                claim(session.getToken(), "sid"));
    }

    private int sessions(RegisterResponseData session) {
        return jdbc.queryForObject(
                "SELECT count(*) FROM sessions WHERE id = ?::uuid", Integer.class, claim(session.getToken(), "sid"));
    }

    private static <T> List<T> atOnce(Callable<T> call) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(AT_ONCE);
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        try {
            List<T> answers = new ArrayList<>();
            Callable<T> together = () -> {
                start.await();
                return call.call();
            };
            for (Future<T> answer : people.invokeAll(Collections.nCopies(AT_ONCE, together))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            people.shutdownNow();
        }
    }

    private static Object claim(String token, String name) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getClaim(name);
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
