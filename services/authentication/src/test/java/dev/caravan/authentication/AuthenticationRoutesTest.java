package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.EndSessionRequest;
import dev.caravan.proto.auth.FindSessionsRequest;
import dev.caravan.proto.auth.LoginRequest;
import dev.caravan.proto.auth.LoginResponse;
import dev.caravan.proto.auth.LogoutEverywhereRequest;
import dev.caravan.proto.auth.LogoutRequest;
import dev.caravan.proto.auth.RefreshRequest;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponse;
import dev.caravan.proto.auth.RotateKeysRequest;
import dev.caravan.proto.auth.RotateKeysResponse;
import dev.caravan.proto.auth.VerifyTokenRequest;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.StoreResponse;
import dev.caravan.proto.user.User;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Status;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.test.annotation.DirtiesContext;

/** What the routes do between their calls, which are mocks here; Redis is one that nobody serves. */
@CamelSpringBootTest
@DirtiesContext
@UseAdviceWith
@SpringBootTest(
        classes = AuthenticationApplication.class,
        properties = {
            "spring.config.name=caravan,authentication",
            "spring.application.name=authentication",
            "spring.flyway.enabled=false",
            "authentication.signing-key=target/keys/signing-key.json",
            "authentication.marker-lifetime=50",
            "redis.url=redis://127.0.0.1:1",
            "camel.main.routes-exclude-pattern=**/authentication-grpc-endpoint.yaml,**/authentication-jwks.yaml,"
                    + "**/authentication-mirror-revocations.yaml,**/authentication-sweep.yaml,"
                    + "**/authentication-renew-keys.yaml"
        })
class AuthenticationRoutesTest {

    private static final User ANN = User.newBuilder()
            .setId(7)
            .setName("Ann")
            .setEmail("ann@example.org")
            .build();
    private static final String SESSION = "3b0c8f8e-6a1c-4f64-9a7e-1f2d3c4b5a69";

    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("store-user", "authentication-register"),
            Map.entry("check-database", "authentication-throttle-registration"),
            Map.entry("find-known-address", "authentication-throttle-login"),
            Map.entry("find-user-by-credential", "authentication-check-credential"),
            Map.entry("insert-session", "authentication-open-session"),
            Map.entry("find-user", "authentication-find-user"),
            Map.entry("find-session", "authentication-renew-session"),
            Map.entry("rotate-refresh-token", "authentication-rotate-refresh-token"),
            Map.entry("revoke-session", "authentication-end-reused-session"),
            Map.entry("revoke-session-of-token", "authentication-logout"),
            Map.entry("revoke-sessions", "authentication-logout-everywhere"),
            Map.entry("find-sessions", "authentication-find-sessions"),
            Map.entry("revoke-chosen-session", "authentication-revoke-chosen-session"),
            Map.entry("find-revocation", "authentication-find-revocation"));

    @Autowired
    CamelContext context;

    @Autowired
    ProducerTemplate template;

    @Autowired
    CircuitBreaker redisBreaker;

    @BeforeEach
    void putMocksInPlaceOfCalls() throws Exception {
        if (!context.isStarted()) {
            for (Map.Entry<String, String> call : CALLS.entrySet()) {
                AdviceWith.adviceWith(context, call.getValue(), false, advice -> advice.weaveById(call.getKey())
                        .replace()
                        .to("mock:" + call.getKey()));
            }
            context.start();
        }
        MockEndpoint.resetMocks(context);
        redisBreaker.reset();
    }

    @Test
    void registersByTheUserServiceAndBeginsASession() throws Exception {
        MockEndpoint store = answer("store-user", exchange -> {
            StoreResponse.Builder stored = StoreResponse.newBuilder();
            stored.getDataBuilder().setUser(ANN).setCredentialVersion(4);
            exchange.getMessage().setBody(stored.build());
        });
        store.expectedBodiesReceived(StoreRequest.newBuilder()
                .setName("Ann")
                .setEmail("ann@example.org")
                .setPassword("secret")
                .build());
        MockEndpoint insert = answer("insert-session", exchange -> {
            assertThat(exchange.getVariable("user_id")).isEqualTo(7);
            assertThat(exchange.getVariable("credential_version")).isEqualTo(4);
            assertThat(exchange.getVariable("client_address")).isEqualTo("192.0.2.1");
            assertThat(exchange.getVariable("refresh_hash", String.class)).matches("[0-9a-f]{64}");
            OffsetDateTime end = exchange.getVariable("session_expires_at", OffsetDateTime.class);
            assertThat(exchange.getVariable("refresh_expires_at", OffsetDateTime.class)
                            .plusDays(23))
                    .isEqualTo(end);
            assertThat(exchange.getVariable("token_expires_at", OffsetDateTime.class)
                            .plusDays(30)
                            .minusHours(1))
                    .isEqualTo(end);
        });

        Exchange exchange = call("authentication-register", ann());

        RegisterResponse response = exchange.getMessage().getBody(RegisterResponse.class);
        assertThat(response.getData().getToken().split("\\.")).hasSize(3);
        assertThat(response.getData().getUser().hasImage()).isFalse();
        assertThat(response.getData().getUser().hasUpdatedAt()).isFalse();
        store.assertIsSatisfied();
        insert.assertIsSatisfied();
    }

    @Test
    void opensNoAccountThatCouldNotGetASession() throws Exception {
        context.getEndpoint("mock:store-user", MockEndpoint.class).expectedMessageCount(0);
        answer("check-database", exchange -> {
            throw new CannotGetJdbcConnectionException("no");
        });

        assertThat(fault("authentication-register", ann()).code()).isEqualTo(Status.Code.UNAVAILABLE);

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void logsInByTheUserServiceAndTellsItNothingElse() throws Exception {
        MockEndpoint find = answer("find-user-by-credential", exchange -> {
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("x-request-id");
            FindByCredentialResponse.Builder found = FindByCredentialResponse.newBuilder();
            found.getDataBuilder().setUser(ANN);
            exchange.getMessage().setBody(found.build());
        });
        find.expectedBodiesReceived(FindByCredentialRequest.newBuilder()
                .setEmail("ann@example.org")
                .setPassword("secret")
                .build());

        Exchange exchange = call(
                "authentication-login",
                LoginRequest.newBuilder()
                        .setEmail("ann@example.org")
                        .setPassword("secret")
                        .build());

        LoginResponse response = exchange.getMessage().getBody(LoginResponse.class);
        assertThat(response.getData().getUser().getId()).isEqualTo(7);
        assertThat(response.getData().getExpiresIn()).isEqualTo(3600);
        find.assertIsSatisfied();
    }

    @Test
    void findsTheUserOfAToken() throws Exception {
        answerFound(2);

        Exchange exchange = find(2);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("user")).isEqualTo(ANN);
    }

    @Test
    void takesASessionOfAFormerPasswordForOver() throws Exception {
        answerFound(3);

        assertThat(faultOf(find(2)).reason()).isEqualTo("SESSION_ENDED");
    }

    @Test
    void takesAUserWhoIsGoneForABadTokenAndAnOutageForAnOutage() throws Exception {
        answer("find-user", exchange -> {
            throw Fault.notFound("USER_NOT_FOUND", "There is no such user.");
        });
        assertThat(faultOf(find(1)).reason()).isEqualTo("USER_GONE");

        MockEndpoint.resetMocks(context);
        answer("find-user", exchange -> {
            throw Fault.unavailable("DOWN", "Down.");
        });
        assertThat(faultOf(find(1)).reason()).isEqualTo("DOWN");
    }

    @Test
    void asksNobodyAboutABadToken() throws Exception {
        for (String call : CALLS.keySet()) {
            context.getEndpoint("mock:" + call, MockEndpoint.class).expectedMessageCount(0);
        }

        assertThat(fault("authentication-verify-token", VerifyTokenRequest.getDefaultInstance())
                        .reason())
                .isEqualTo("BAD_TOKEN");
        assertThat(fault("authentication-check-token", VerifyTokenRequest.getDefaultInstance())
                        .reason())
                .isEqualTo("BAD_TOKEN");
        assertThat(fault("authentication-find-sessions", FindSessionsRequest.getDefaultInstance())
                        .reason())
                .isEqualTo("BAD_TOKEN");
        assertThat(fault(
                                "authentication-end-session",
                                EndSessionRequest.newBuilder().setId(SESSION).build())
                        .reason())
                .isEqualTo("BAD_TOKEN");
        assertThat(fault("authentication-logout", LogoutRequest.getDefaultInstance())
                        .code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(fault("authentication-logout-everywhere", LogoutEverywhereRequest.getDefaultInstance())
                        .code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void asksTheDatabaseWhenRedisCannotTell() throws Exception {
        MockEndpoint find =
                answer("find-revocation", exchange -> exchange.getMessage().setBody(null));
        assertThat(refuseRevoked().getException()).isNull();
        find.assertIsSatisfied();

        MockEndpoint.resetMocks(context);
        answer("find-revocation", exchange -> exchange.getMessage().setBody(Map.of("key", SESSION)));
        assertThat(faultOf(refuseRevoked()).reason()).isEqualTo("TOKEN_REVOKED");

        MockEndpoint.resetMocks(context);
        answer("find-revocation", exchange -> {
            throw new CannotGetJdbcConnectionException("no");
        });
        assertThat(faultOf(refuseRevoked()).code()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void asksARedisThatIsDownForAMomentNothing() throws Exception {
        context.getEndpoint("mock:find-revocation", MockEndpoint.class)
                .whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(null));
        for (int i = 0; i < 5; i++) {
            refuseRevoked();
        }

        assertThat(redisBreaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(refuseRevoked().getException()).isNull();
    }

    @Test
    void endsTheSessionOfARefreshTokenWhoseSuccessorWasUsedMeanwhile() throws Exception {
        answer("find-session", exchange -> exchange.getMessage().setBody(session(false)));
        answerFound(2);
        answer("rotate-refresh-token", exchange -> exchange.getMessage().setBody(null));
        MockEndpoint revoke = answer("revoke-session", exchange -> {
            assertThat(exchange.getVariable("session_id")).isEqualTo(SESSION);
            assertThat(exchange.getVariable("revoke_reason")).isEqualTo("reuse");
            exchange.getMessage().setBody(List.of());
        });

        assertThat(fault("authentication-refresh", refresh()).reason()).isEqualTo("BAD_REFRESH_TOKEN");

        revoke.assertIsSatisfied();
    }

    @Test
    void endsTheSessionOfARefreshTokenThatWasUsedTooLongAgoAndAsksForNoUser() throws Exception {
        context.getEndpoint("mock:find-user", MockEndpoint.class).expectedMessageCount(0);
        answer("find-session", exchange -> exchange.getMessage().setBody(session(true)));
        answer("revoke-session", exchange -> exchange.getMessage()
                .setBody(List.of(Map.of("key", SESSION, "until", Timestamp.from(Instant.now())))));

        assertThat(fault("authentication-refresh", refresh()).reason()).isEqualTo("BAD_REFRESH_TOKEN");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void waitsForTheMarkersLifetimeWhenRedisDoesNotTakeARevocation() {
        long begin = System.nanoTime();

        Exchange exchange = template.request("direct:authentication-blacklist", request -> request.getMessage()
                .setBody(List.of(Map.of(
                        "key", SESSION, "until", Timestamp.from(Instant.now().plusSeconds(60))))));

        assertThat(exchange.getException()).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(49));
    }

    @Test
    void namesTheKeyThatSignsNext() {
        RotateKeysResponse response = call("authentication-rotate-keys", RotateKeysRequest.getDefaultInstance())
                .getMessage()
                .getBody(RotateKeysResponse.class);

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.getData().getKeyId()).isNotEmpty();
    }

    private void answerFound(int credentialVersion) {
        answer("find-user", exchange -> {
            assertThat(exchange.getMessage().getBody())
                    .isEqualTo(FindByIdRequest.newBuilder().setId(7).build());
            assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("x-request-id");
            FindByIdResponse.Builder found = FindByIdResponse.newBuilder().setMessage("Success");
            found.getDataBuilder().setUser(ANN).setCredentialVersion(credentialVersion);
            exchange.getMessage().setBody(found.build());
        });
    }

    private static Map<String, Object> session(boolean reused) {
        return Map.of(
                "session_id",
                SESSION,
                "user_id",
                7,
                "credential_version",
                2,
                "expires_at",
                Timestamp.from(Instant.now().plusSeconds(60)),
                "salt",
                "6f1c7a52-3d2f-4b0e-9a5b-0f4d9c1e8a77",
                "reused",
                reused);
    }

    private static RegisterRequest ann() {
        return RegisterRequest.newBuilder()
                .setName("Ann")
                .setEmail("ann@example.org")
                .setPassword("secret")
                .build();
    }

    private static RefreshRequest refresh() {
        return RefreshRequest.newBuilder().setRefreshToken("A".repeat(43)).build();
    }

    private Exchange find(int credentialVersion) {
        return request("authentication-find-user", exchange -> {
            exchange.setVariable("user_id", 7);
            exchange.setVariable("credential_version", credentialVersion);
        });
    }

    private Exchange refuseRevoked() {
        return request("authentication-refuse-revoked", exchange -> {
            exchange.setVariable("token_id", "some-id");
            exchange.setVariable("session_id", SESSION);
        });
    }

    private MockEndpoint answer(String call, Processor answer) {
        MockEndpoint mock = context.getEndpoint("mock:" + call, MockEndpoint.class);
        mock.expectedMessageCount(1);
        mock.whenAnyExchangeReceived(answer);
        return mock;
    }

    private Exchange call(String route, Object request) {
        return request(route, exchange -> exchange.getMessage().setBody(request));
    }

    private Exchange request(String route, Processor prepare) {
        return template.request("direct:" + route, exchange -> {
            exchange.getMessage().setHeader("authorization", "Bearer abc");
            exchange.getMessage().setHeader("x-user-id", "1");
            exchange.getMessage().setHeader("x-client-address", "192.0.2.1");
            exchange.getMessage().setHeader("x-request-id", "r");
            prepare.process(exchange);
        });
    }

    private Fault fault(String route, Object request) {
        return faultOf(call(route, request));
    }

    private static Fault faultOf(Exchange exchange) {
        return Objects.requireNonNull(Fault.in(exchange.getException()));
    }
}
