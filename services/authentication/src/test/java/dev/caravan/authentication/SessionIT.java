package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.AuthenticationServiceGrpc.AuthenticationServiceBlockingStub;
import dev.caravan.proto.auth.LoginResponseData;
import dev.caravan.proto.auth.RefreshRequest;
import dev.caravan.proto.auth.RefreshResponseData;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponseData;
import dev.caravan.proto.auth.User;
import dev.caravan.proto.auth.VerifyTokenRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
    void givesAllWhoUseATokenAtOnceTheSameSuccessor() throws Exception {
        for (int round = 0; round < 5; round++) {
            RegisterResponseData session = registered();

            List<RefreshResponseData> answers = atOnce(() -> refresh(session.getRefreshToken()));

            assertThat(answers).hasSize(AT_ONCE);
            assertThat(Set.copyOf(answers.stream()
                            .map(RefreshResponseData::getRefreshToken)
                            .toList()))
                    .hasSize(1);
            for (RefreshResponseData answer : answers) {
                assertThat(verify(answer.getToken())).isEqualTo(session.getUser());
            }
            assertThat(refresh(answers.get(0).getRefreshToken()).getUser()).isEqualTo(session.getUser());
            assertThat(refreshTokens(session)).isEqualTo(3);
        }
    }

    @Test
    void givesTheSameSuccessorAtWhicheverInstance() throws Exception {
        withAnotherInstance(instance -> {
            AuthenticationServiceBlockingStub other = withMetadata(instance, Map.of());
            RegisterResponseData session = registered();
            RefreshRequest request = RefreshRequest.newBuilder()
                    .setRefreshToken(session.getRefreshToken())
                    .build();
            AtomicInteger turn = new AtomicInteger();

            List<String> answers = atOnce(() -> (turn.incrementAndGet() % 2 == 0 ? service() : other)
                    .refresh(request)
                    .getData()
                    .getRefreshToken());

            assertThat(answers).hasSize(AT_ONCE).containsOnly(answers.get(0));
            assertThat(refreshTokens(session)).isEqualTo(2);
        });
    }

    @Test
    void givesTheSameSuccessorAgainToAClientWhoseAnswerWasLost() {
        RegisterResponseData session = registered();
        String lost = refresh(session.getRefreshToken()).getRefreshToken();
        used(session, "1 second");

        RefreshResponseData again = refresh(session.getRefreshToken());

        assertThat(again.getRefreshToken()).isEqualTo(lost);
        assertThat(again.getUser()).isEqualTo(session.getUser());
        assertThat(verify(again.getToken())).isEqualTo(session.getUser());
        assertThat(refresh(lost).getUser()).isEqualTo(session.getUser());
    }

    @Test
    void endsTheSessionWhenAUsedTokenComesAgainAfterTheGrace() {
        RegisterResponseData session = registered();
        RefreshResponseData refreshed = refresh(session.getRefreshToken());
        used(session, "11 seconds");

        assertThat(fault(() -> refresh(session.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");

        assertThat(fault(() -> refresh(refreshed.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");
        for (String token : List.of(session.getToken(), refreshed.getToken())) {
            assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
        }
        assertThat(jdbc.queryForObject(
                        "SELECT revoke_reason FROM sessions WHERE id = ?::uuid",
                        String.class,
                        claim(session.getToken(), "sid")))
                .isEqualTo("reuse");
    }

    /** Counted from the first use: who repeats it in time again and again is not given it for ever. */
    @Test
    void countsTheGraceFromTheFirstUse() {
        RegisterResponseData session = registered();
        refresh(session.getRefreshToken());
        used(session, "9 seconds");
        refresh(session.getRefreshToken());
        used(session, "2 seconds");

        assertThat(fault(() -> refresh(session.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");
    }

    @Test
    void endsTheSessionWhenATokenComesAgainInTimeThatAnotherInstanceKnowsNoSuccessorOf() {
        RegisterResponseData session = registered();
        refresh(session.getRefreshToken());
        // As an instance leaves it that is older than the grace.
        jdbc.update(
                "UPDATE refresh_tokens SET successor = NULL WHERE session_id = ?::uuid",
                claim(session.getToken(), "sid"));

        assertThat(fault(() -> refresh(session.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");

        assertThat(refreshTokens(session)).isEqualTo(2);
    }

    @Test
    void givesNothingInTheGraceOnceTheSessionIsOver() {
        RegisterRequest account = ann();
        RegisterResponseData loggedOut = service().register(account).getData();
        RegisterResponseData everywhere = registered();
        RegisterResponseData expired = registered();
        RegisterResponseData gone = registered();
        RegisterResponseData changed = registered();
        for (RegisterResponseData session : List.of(loggedOut, everywhere, expired, gone, changed)) {
            refresh(session.getRefreshToken());
        }

        logOut(loggedOut.getToken());
        logOutEverywhere(everywhere.getToken());
        jdbc.update(
                "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = ?::uuid",
                claim(expired.getToken(), "sid"));
        USERS.remove(gone.getUser().getId());
        USERS.changePassword(changed.getUser().getId(), "battery staple");

        for (RegisterResponseData session : List.of(loggedOut, everywhere, expired, gone, changed)) {
            assertThat(fault(() -> refresh(session.getRefreshToken())).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(refreshTokens(session)).isEqualTo(2);
        }
    }

    @Test
    void endsTheAccessTokensThatWereIssuedInTheGraceWithTheSession() {
        RegisterResponseData session = registered();
        String first = refresh(session.getRefreshToken()).getToken();
        String second = refresh(session.getRefreshToken()).getToken();
        assertThat(first).isNotEqualTo(second);

        logOut(second);

        for (String token : List.of(session.getToken(), first, second)) {
            assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @Test
    void forgetsAfterTheGraceWhatMakesTheSuccessor() throws Exception {
        RegisterResponseData session = registered();
        String next = refresh(session.getRefreshToken()).getRefreshToken();
        RegisterResponseData recent = registered();
        refresh(recent.getRefreshToken());
        used(session, "11 seconds");

        Route sweep = context.getRoute("authentication-sweep");
        sweep.getProcessor().process(sweep.getEndpoint().createExchange());

        assertThat(saltsOfUsed(session)).isZero();
        assertThat(saltsOfUsed(recent)).isEqualTo(1);
        assertThat(refresh(next).getUser()).isEqualTo(session.getUser());
    }

    @Test
    void refusesARefreshTokenThatIsNoTextByItsField() {
        Fault fault = fault(() -> refresh("\0"));

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors()).containsOnlyKeys("refresh_token");
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
    void refusesALoggedOutTokenHoweverItIsSpelled() {
        RegisterResponseData session = registered();
        String token = session.getToken();
        List<String> spellings = List.of(
                "Bearer " + token,
                "bearer " + token,
                "BEARER  " + token,
                "bEaReR   " + token + "  ",
                // Base64's padding, which a token has not and a decoder forgives.
                "Bearer " + token + "=");
        List<String> none = List.of(
                token,
                "Bearer",
                "Bearer\t" + token,
                "Bearer " + token + ",Bearer " + token,
                "Bearer " + token + ", Bearer " + token,
                "[Bearer " + token + "]");

        for (String spelling : spellings.subList(0, 4)) {
            assertThat(verifyHeader(spelling)).as(spelling).isEqualTo(session.getUser());
        }
        for (String header : none) {
            assertThat(fault(() -> verifyHeader(header)).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        logOut(token);
        for (String spelling : spellings) {
            assertThat(fault(() -> verifyHeader(spelling)).code()).as(spelling).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    private User verifyHeader(String authorization) {
        return withHeader(authorization)
                .verifyToken(VerifyTokenRequest.getDefaultInstance())
                .getData()
                .getUser();
    }

    @Test
    void logsOutEverywhereAndNobodyElse() {
        RegisterRequest account = ann();
        RegisterResponseData first = service().register(account).getData();
        LoginResponseData second = logIn(account);
        RegisterResponseData another = registered();

        assertThat(logOutEverywhere(second.getToken()).getMessage()).isEqualTo("Success");

        for (String token : List.of(first.getToken(), second.getToken())) {
            assertThat(fault(() -> verify(token)).reason()).isEqualTo("TOKEN_REVOKED");
            assertThat(fault(() -> logOutEverywhere(token)).reason()).isEqualTo("TOKEN_REVOKED");
        }
        for (String token : List.of(first.getRefreshToken(), second.getRefreshToken())) {
            assertThat(fault(() -> refresh(token)).reason()).isEqualTo("BAD_REFRESH_TOKEN");
        }
        assertThat(verify(another.getToken())).isEqualTo(another.getUser());
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

    /** Has what was used of a session have been used that much earlier. */
    private void used(RegisterResponseData session, String earlier) {
        jdbc.update(
                "UPDATE refresh_tokens SET used_at = used_at - ?::interval WHERE session_id = ?::uuid",
                earlier,
                claim(session.getToken(), "sid"));
    }

    private int refreshTokens(RegisterResponseData session) {
        return jdbc.queryForObject(
                "SELECT count(*) FROM refresh_tokens WHERE session_id = ?::uuid",
                Integer.class,
                claim(session.getToken(), "sid"));
    }

    private int saltsOfUsed(RegisterResponseData session) {
        return jdbc.queryForObject(
                "SELECT count(salt) FROM refresh_tokens WHERE session_id = ?::uuid AND used_at IS NOT NULL",
                Integer.class,
                claim(session.getToken(), "sid"));
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
