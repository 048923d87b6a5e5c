package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.auth.EndSessionRequest;
import dev.caravan.proto.auth.FindSessionsRequest;
import dev.caravan.proto.auth.FindSessionsResponseData;
import dev.caravan.proto.auth.LoginResponseData;
import dev.caravan.proto.auth.RefreshRequest;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponseData;
import dev.caravan.proto.auth.Session;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees of his sessions and ends: authentication-find-sessions, authentication-end-session,
 * authentication-revoke-chosen-session. */
class OwnSessionsIT extends AuthenticationTestBase {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    @Test
    void listsOnesOwnSessionsAndMarksTheOneAtHand() {
        RegisterRequest account = ann();
        RegisterResponseData first = service().register(account).getData();
        LoginResponseData second = withMetadata(
                        channel(), Map.of(Headers.CLIENT_ADDRESS, "192.0.2.9", Headers.CLIENT_AGENT, FIREFOX))
                .login(login(account.getEmail(), account.getPassword()))
                .getData();
        registered(); // Somebody else's.

        List<Session> sessions = sessions(second.getToken());

        assertThat(sessions).extracting(Session::getId).containsExactly(id(second.getToken()), id(first.getToken()));
        assertThat(sessions).extracting(Session::getCurrent).containsExactly(true, false);
        assertThat(sessions.get(0).getAddress()).isEqualTo("192.0.2.9");
        assertThat(sessions.get(0).getClient()).isEqualTo("Firefox on Linux");
        assertThat(sessions.get(1).getAddress()).isEqualTo(address);
        assertThat(sessions.get(1).hasClient()).isFalse();
        assertThat(sessions.get(0).getCreatedAt()).isLessThan(sessions.get(0).getExpiresAt());
    }

    @Test
    void showsWhereASessionWasLastUsed() {
        RegisterResponseData session = registered();

        String refreshed = withMetadata(
                        channel(), Map.of(Headers.CLIENT_ADDRESS, "192.0.2.10", Headers.CLIENT_AGENT, FIREFOX))
                .refresh(RefreshRequest.newBuilder()
                        .setRefreshToken(session.getRefreshToken())
                        .build())
                .getData()
                .getToken();

        Session shown = sessions(refreshed).get(0);
        assertThat(shown.getAddress()).isEqualTo("192.0.2.10");
        assertThat(shown.getClient()).isEqualTo("Firefox on Linux");
        assertThat(shown.getLastUsedAt()).isGreaterThan(shown.getCreatedAt());
    }

    @Test
    void showsNoSessionThatIsOver() {
        RegisterRequest account = ann();
        RegisterResponseData first = service().register(account).getData();
        logOut(logIn(account).getToken());
        LoginResponseData expired = logIn(account);
        jdbc.update(
                "UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = ?::uuid",
                id(expired.getToken()));
        LoginResponseData unused = logIn(account);
        jdbc.update(
                "UPDATE sessions SET token_expires_at = now() - interval '1 second' WHERE id = ?::uuid",
                id(unused.getToken()));
        jdbc.update(
                "UPDATE refresh_tokens SET expires_at = now() - interval '1 second' WHERE session_id = ?::uuid",
                id(unused.getToken()));

        assertThat(sessions(first.getToken())).extracting(Session::getId).containsExactly(id(first.getToken()));

        USERS.changePassword(first.getUser().getId(), "another one");
        LoginResponseData anew =
                service().login(login(account.getEmail(), "another one")).getData();
        assertThat(sessions(anew.getToken())).extracting(Session::getId).containsExactly(id(anew.getToken()));
    }

    @Test
    void turnsThePagesOfManySessionsWithoutMissingOrRepeatingOne() {
        RegisterRequest account = ann();
        String token = service().register(account).getData().getToken();
        Set<String> expected = new HashSet<>(Set.of(id(token)));
        for (int i = 0; i < 6; i++) {
            expected.add(id(logIn(account).getToken()));
        }

        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            FindSessionsResponseData page = page(token, cursor, 3);
            page.getSessionsList().forEach(session -> found.add(session.getId()));
            cursor = page.getCursor();
        } while (!cursor.isEmpty());

        assertThat(found).hasSize(7).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "MjAyNi0wMS0wMVQwMDowMDowMFo", "LTk5OTktMDEtMDFUMDA6MDA6MDBaIDE", "'; DROP TABLE sessions"})
    void takesNoCursorButItsOwn(String cursor) {
        String token = registered().getToken();

        Fault fault = fault(() -> page(token, cursor, 0));

        assertThat(fault.fieldErrors()).containsEntry("cursor", List.of("cursor must be one that a list answered"));
    }

    @Test
    void endsAnotherOfOnesSessionsAtOnceWithAllItsTokens() {
        RegisterRequest account = ann();
        String mine = service().register(account).getData().getToken();
        LoginResponseData lost = logIn(account);

        end(mine, id(lost.getToken()));

        assertThat(fault(() -> verify(lost.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> refresh(lost.getRefreshToken())).reason()).isEqualTo("BAD_REFRESH_TOKEN");
        assertThat(sessions(mine)).extracting(Session::getId).containsExactly(id(mine));
        assertThat(verify(mine).getEmail()).isEqualTo(account.getEmail());
        assertThat(fault(() -> end(mine, id(lost.getToken()))).reason()).isEqualTo("SESSION_UNKNOWN");
    }

    @Test
    void endsTheSessionAtHandToo() {
        RegisterResponseData session = registered();

        end(session.getToken(), id(session.getToken()));

        assertThat(fault(() -> verify(session.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void endsNobodyElsesSessionAndDoesNotTellOfIt() {
        RegisterResponseData victim = registered();
        String attacker = registered().getToken();

        for (String id : List.of(id(victim.getToken()), "00000000-0000-0000-0000-000000000000", "1", "' OR true --")) {
            Fault fault = fault(() -> end(attacker, id));
            assertThat(fault.code()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(fault.getMessage()).isEqualTo("You have no such session.");
        }

        assertThat(verify(victim.getToken())).isEqualTo(victim.getUser());
        assertThat(refresh(victim.getRefreshToken()).getUser()).isEqualTo(victim.getUser());
    }

    @Test
    void acceptsNoTokenOfABlockedUserNorHisFormerOnesLater() {
        RegisterResponseData session = registered();
        int id = session.getUser().getId();
        USERS.block(id);

        assertThat(fault(() -> verify(session.getToken())).reason()).isEqualTo("USER_BLOCKED");
        assertThat(fault(() -> refresh(session.getRefreshToken())).reason()).isEqualTo("USER_BLOCKED");

        USERS.unblock(id);
        assertThat(fault(() -> verify(session.getToken())).reason()).isEqualTo("SESSION_ENDED");
        assertThat(fault(() -> refresh(session.getRefreshToken())).reason()).isEqualTo("SESSION_ENDED");
    }

    @Test
    void tellsNothingToATokenThatHasBeenLoggedOut() {
        RegisterResponseData session = registered();
        logOut(session.getToken());

        assertThat(fault(() -> sessions(session.getToken())).reason()).isEqualTo("TOKEN_REVOKED");
        assertThat(fault(() -> end(session.getToken(), id(session.getToken()))).reason())
                .isEqualTo("TOKEN_REVOKED");
    }

    /** Whichever comes first: no token of the session is good afterwards. */
    @Test
    void endsASessionForGoodThatIsRefreshedAtTheSameMoment() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                RegisterRequest account = ann();
                String mine = service().register(account).getData().getToken();
                LoginResponseData lost = logIn(account);

                Future<Stream<String>> refreshed = people.submit(() -> {
                    try {
                        return Stream.of(refresh(lost.getRefreshToken()).getToken());
                    } catch (io.grpc.StatusRuntimeException e) {
                        return Stream.of();
                    }
                });
                people.submit(() -> end(mine, id(lost.getToken()))).get();

                refreshed.get().forEach(token -> assertThat(
                                fault(() -> verify(token)).reason())
                        .isEqualTo("TOKEN_REVOKED"));
            }
        } finally {
            people.shutdownNow();
        }
    }

    private List<Session> sessions(String token) {
        return page(token, "", 0).getSessionsList();
    }

    private FindSessionsResponseData page(String token, String cursor, int size) {
        return with(token)
                .findSessions(FindSessionsRequest.newBuilder()
                        .setCursor(cursor)
                        .setSize(size)
                        .build())
                .getData();
    }

    private Object end(String token, String id) {
        return with(token).endSession(EndSessionRequest.newBuilder().setId(id).build());
    }

    private static String id(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("sid");
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
