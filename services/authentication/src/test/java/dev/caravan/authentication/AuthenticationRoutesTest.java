package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.LoginRequest;
import dev.caravan.proto.auth.LoginResponse;
import dev.caravan.proto.auth.LogoutRequest;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponse;
import dev.caravan.proto.auth.VerifyTokenRequest;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.StoreResponse;
import dev.caravan.proto.user.User;
import io.grpc.Status;
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
            "authentication.signing-key=target/keys/signing-key.json",
            "redis.url=redis://127.0.0.1:1",
            "camel.main.routes-exclude-pattern=**/authentication-door.yaml,**/authentication-jwks.yaml"
        })
class AuthenticationRoutesTest {

    private static final User ANN = User.newBuilder()
            .setId(7)
            .setName("Ann")
            .setEmail("ann@example.org")
            .build();

    private static final Map<String, String> CALLS = Map.of(
            "authentication-register", "store-user",
            "authentication-login", "find-user-by-credential",
            "authentication-find-user", "find-user");

    @Autowired
    CamelContext context;

    @Autowired
    ProducerTemplate template;

    @BeforeEach
    void putMocksInPlaceOfCalls() throws Exception {
        if (!context.isStarted()) {
            for (Map.Entry<String, String> call : CALLS.entrySet()) {
                AdviceWith.adviceWith(context, call.getKey(), false, advice -> advice.weaveById(call.getValue())
                        .replace()
                        .to("mock:" + call.getValue()));
            }
            context.start();
        }
        MockEndpoint.resetMocks(context);
    }

    @Test
    void registersByTheUserService() throws Exception {
        MockEndpoint store = answer("store-user", exchange -> {
            StoreResponse.Builder stored = StoreResponse.newBuilder();
            stored.getDataBuilder().setUser(ANN);
            exchange.getMessage().setBody(stored.build());
        });
        store.expectedBodiesReceived(StoreRequest.newBuilder()
                .setName("Ann")
                .setEmail("ann@example.org")
                .setPassword("secret")
                .build());

        Exchange exchange = call(
                "authentication-register",
                RegisterRequest.newBuilder()
                        .setName("Ann")
                        .setEmail("ann@example.org")
                        .setPassword("secret")
                        .build());

        RegisterResponse response = exchange.getMessage().getBody(RegisterResponse.class);
        assertThat(response.getData().getToken().split("\\.")).hasSize(3);
        assertThat(response.getData().getUser().hasImage()).isFalse();
        assertThat(response.getData().getUser().hasUpdatedAt()).isFalse();
        store.assertIsSatisfied();
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

        assertThat(exchange.getMessage()
                        .getBody(LoginResponse.class)
                        .getData()
                        .getUser()
                        .getId())
                .isEqualTo(7);
        find.assertIsSatisfied();
    }

    @Test
    void findsTheUserOfAToken() throws Exception {
        FindByIdResponse found =
                FindByIdResponse.newBuilder().setMessage("Success").build();
        answer("find-user", exchange -> exchange.getMessage().setBody(found));

        Exchange exchange = call(
                "authentication-find-user",
                FindByIdRequest.newBuilder().setId(7).build());

        assertThat(exchange.getMessage().getBody()).isEqualTo(found);
    }

    @Test
    void takesAUserWhoIsGoneForABadTokenAndAnOutageForAnOutage() throws Exception {
        answer("find-user", exchange -> {
            throw Fault.notFound("USER_NOT_FOUND", "There is no such user.");
        });
        assertThat(fault("authentication-find-user", FindByIdRequest.getDefaultInstance())
                        .reason())
                .isEqualTo("USER_GONE");

        MockEndpoint.resetMocks(context);
        answer("find-user", exchange -> {
            throw Fault.unavailable("DOWN", "Down.");
        });
        assertThat(fault("authentication-find-user", FindByIdRequest.getDefaultInstance())
                        .reason())
                .isEqualTo("DOWN");
    }

    @Test
    void asksNobodyAboutABadToken() throws Exception {
        MockEndpoint find = context.getEndpoint("mock:find-user", MockEndpoint.class);
        find.expectedMessageCount(0);

        assertThat(fault("authentication-verify-token", VerifyTokenRequest.getDefaultInstance())
                        .reason())
                .isEqualTo("BAD_TOKEN");
        assertThat(fault("authentication-logout", LogoutRequest.getDefaultInstance())
                        .code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);

        find.assertIsSatisfied();
    }

    private MockEndpoint answer(String call, Processor answer) {
        MockEndpoint mock = context.getEndpoint("mock:" + call, MockEndpoint.class);
        mock.expectedMessageCount(1);
        mock.whenAnyExchangeReceived(answer);
        return mock;
    }

    private Exchange call(String route, Object request) {
        return template.request("direct:" + route, exchange -> {
            exchange.getMessage().setBody(request);
            exchange.getMessage().setHeader("authorization", "Bearer abc");
            exchange.getMessage().setHeader("x-user-id", "1");
            exchange.getMessage().setHeader("x-request-id", "r");
        });
    }

    private Fault fault(String route, Object request) {
        return Objects.requireNonNull(Fault.in(call(route, request).getException()));
    }
}
