package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.ChangePasswordRequest;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByEmailRequest;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.StoreResponse;
import io.grpc.Status;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** What the routes do between the statements, which are mocks here. */
@CamelSpringBootTest
@DirtiesContext
@UseAdviceWith
@SpringBootTest(
        classes = UserApplication.class,
        properties = {
            "spring.config.name=caravan,user",
            "spring.application.name=user",
            "spring.flyway.enabled=false",
            "user.password.memory=64",
            "camel.main.routes-exclude-pattern=**/user-grpc-endpoint.yaml,**/user-work-off-deletions.yaml"
        })
class UserRoutesTest {

    /** By the statement; a route may have several. */
    private static final Map<String, String> STATEMENTS = Map.ofEntries(
            Map.entry("insert-user", "user-store"),
            Map.entry("find-user", "user-find-by-id"),
            Map.entry("find-user-of-email", "user-find-by-email"),
            Map.entry("find-credential", "user-find-by-credential"),
            Map.entry("renew-password-hash", "user-renew-password-hash"),
            Map.entry("update-profile", "user-update-profile"),
            Map.entry("find-password-hash", "user-change-password"),
            Map.entry("change-password-hash", "user-replace-password"),
            Map.entry("find-hash-of-account", "user-change-email"),
            Map.entry("change-email", "user-replace-email"),
            Map.entry("make-portrait", "user-set-avatar"),
            Map.entry("set-avatar", "user-keep-avatar"),
            Map.entry("find-avatar", "user-find-avatar"),
            Map.entry("find-users", "user-find-users"),
            Map.entry("find-hash-of-leaver", "user-delete-account"),
            Map.entry("erase-user", "user-erase-account"),
            Map.entry("find-deletion", "user-find-deletion"),
            Map.entry("find-deletions", "user-find-deletions"),
            Map.entry("record-deletion", "user-delete-belongings"),
            Map.entry("block-user", "user-block-user"),
            Map.entry("admit-user", "user-unblock-user"),
            Map.entry("find-settings", "user-find-settings"),
            Map.entry("save-settings", "user-save-settings"),
            Map.entry("grant-admin-role", "user-grant-admin-role"),
            Map.entry("insert-administrator", "user-grant-admin-role"));

    @Autowired
    CamelContext context;

    @Autowired
    ProducerTemplate template;

    @Autowired
    PasswordEncoder encoder;

    @MockitoSpyBean
    ExecutorService passwordThreads;

    @BeforeEach
    void putMocksInPlaceOfStatements() throws Exception {
        if (!context.isStarted()) {
            for (Map.Entry<String, String> route : STATEMENTS.entrySet()) {
                String statement = route.getKey();
                AdviceWith.adviceWith(context, route.getValue(), false, advice -> advice.weaveById(statement)
                        .replace()
                        .to("mock:" + statement));
            }
            context.start();
        }
        MockEndpoint.resetMocks(context);
    }

    @Test
    void storesTheHashAndNeverThePassword() throws Exception {
        statement("insert-user", exchange -> {
            assertThat(exchange.getMessage().getBody(Map.class))
                    .isEqualTo(Map.of("name", "Ann", "email", "Ann@b.org", "email_key", "ann@b.org"));
            assertThat(encoder.matches("secret", exchange.getVariable("new_password_hash", String.class)))
                    .isTrue();
            exchange.getMessage().setBody(row());
        });

        Exchange answer = call("user-store", ann());

        assertThat(answer.getMessage()
                        .getBody(StoreResponse.class)
                        .getData()
                        .getUser()
                        .getName())
                .isEqualTo("Ann");
        mock("insert-user").assertIsSatisfied();
    }

    @Test
    void tellsATakenEmail() throws Exception {
        statement("insert-user", exchange -> {
            throw new DuplicateKeyException("users_email_is_unique");
        });

        assertThat(fault("user-store", ann()).reason()).isEqualTo("EMAIL_TAKEN");
    }

    @Test
    void asksNoDatabaseForAnInvalidRequest() throws Exception {
        mock("insert-user").expectedMessageCount(0);

        assertThat(fault("user-store", StoreRequest.getDefaultInstance()).fieldErrors())
                .containsOnlyKeys("name", "email", "password");

        mock("insert-user").assertIsSatisfied();
    }

    @Test
    void findsAUserByTheIdOfTheRequest() throws Exception {
        statement("find-user", exchange -> {
            assertThat(exchange.getVariable("user_id")).isEqualTo(7);
            exchange.getMessage().setBody(row());
        });

        FindByIdResponse response = call("user-find-by-id", byId()).getMessage().getBody(FindByIdResponse.class);

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.getData().getUser().getCreatedAt()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(response.getData().getUser().hasImage()).isFalse();
    }

    @Test
    void findsAUserByTheEmailInAnyCase() throws Exception {
        statement("find-user-of-email", exchange -> {
            assertThat(exchange.getVariable("email_key")).isEqualTo("ann@b.org");
            exchange.getMessage().setBody(row());
        });
        FindByEmailRequest request =
                FindByEmailRequest.newBuilder().setEmail("Ann@B.org").build();

        FindByIdResponse response =
                call("user-find-by-email", request).getMessage().getBody(FindByIdResponse.class);

        assertThat(response.getData().getUser().getName()).isEqualTo("Ann");
        statement("find-user-of-email", exchange -> exchange.getMessage().setBody(null));
        assertThat(fault("user-find-by-email", request).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void tellsThatThereIsNoSuchUser() throws Exception {
        statement("find-user", exchange -> exchange.getMessage().setBody(null));

        assertThat(fault("user-find-by-id", byId()).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void tellsThatTheDatabaseIsDown() throws Exception {
        statement("find-user", exchange -> {
            throw new CannotGetJdbcConnectionException("no");
        });

        assertThat(fault("user-find-by-id", byId()).code()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void renewsAnOutdatedHashAndOnlyThat() throws Exception {
        statement("find-credential", exchange -> exchange.getMessage()
                .setBody(rowWith(new BCryptPasswordEncoder(4).encode("secret"))));
        mock("renew-password-hash").expectedMessageCount(1);
        call("user-find-by-credential", credential());
        mock("renew-password-hash").assertIsSatisfied();

        MockEndpoint.resetMocks(context);
        statement("find-credential", exchange -> exchange.getMessage().setBody(rowWith(encoder.encode("secret"))));
        mock("renew-password-hash").expectedMessageCount(0);
        call("user-find-by-credential", credential());
        mock("renew-password-hash").assertIsSatisfied();
    }

    @Test
    void refusesALoginThatFindsTheQueueFull() throws Exception {
        statement("find-credential", exchange -> exchange.getMessage().setBody(null));
        org.mockito.Mockito.doThrow(new RejectedExecutionException("full"))
                .when(passwordThreads)
                .submit(org.mockito.ArgumentMatchers.any(Runnable.class));

        Fault fault = fault("user-find-by-credential", credential());

        assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fault.reason()).isEqualTo("BUSY");
    }

    @Test
    void refusesAChangeThatAnotherChangeOvertook() throws Exception {
        statement("find-password-hash", exchange -> exchange.getMessage().setBody(rowWith(encoder.encode("secret"))));
        statement("change-password-hash", exchange -> exchange.getMessage().setBody(null));

        Fault fault = fault(
                "user-change-password",
                ChangePasswordRequest.newBuilder()
                        .setCurrentPassword("secret")
                        .setNewPassword("another")
                        .build());

        assertThat(fault.fieldErrors()).containsOnlyKeys("current_password");
    }

    @Test
    void makesAnAdministratorOnlyWhenThereIsNoAccountOfTheEmail() throws Exception {
        statement("grant-admin-role", exchange -> exchange.getMessage().setBody(Map.of("id", 7)));
        mock("insert-administrator").expectedMessageCount(0);
        assertThat(grantAdminRole().getException()).isNull();
        MockEndpoint.assertIsSatisfied(context);

        MockEndpoint.resetMocks(context);
        statement("grant-admin-role", exchange -> exchange.getMessage().setBody(null));
        statement("insert-administrator", exchange -> assertThat(
                        encoder.matches("secret", exchange.getVariable("new_password_hash", String.class)))
                .isTrue());
        assertThat(grantAdminRole().getException()).isNull();
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void ensuresNoAdministratorWhenNoneIsConfigured() throws Exception {
        mock("grant-admin-role").expectedMessageCount(0);
        Route route = context.getRoute("user-ensure-administrator");

        route.getProcessor().process(route.getEndpoint().createExchange());

        MockEndpoint.assertIsSatisfied(context);
    }

    private Exchange grantAdminRole() {
        return template.request("direct:user-grant-admin-role", exchange -> exchange.setVariable("password", "secret"));
    }

    private MockEndpoint mock(String statement) {
        return context.getEndpoint("mock:" + statement, MockEndpoint.class);
    }

    private void statement(String id, org.apache.camel.Processor answer) {
        mock(id).expectedMessageCount(1);
        mock(id).whenAnyExchangeReceived(answer);
    }

    private Exchange call(String route, Object request) {
        return template.request("direct:" + route, exchange -> {
            exchange.getMessage().setBody(request);
            exchange.getMessage().setHeader("x-user-id", "7");
        });
    }

    private Fault fault(String route, Object request) {
        Fault fault = Fault.in(call(route, request).getException());
        assertThat(fault).isNotNull();
        return java.util.Objects.requireNonNull(fault);
    }

    private static StoreRequest ann() {
        return StoreRequest.newBuilder()
                .setName("Ann")
                .setEmail("Ann@b.org")
                .setPassword("secret")
                .build();
    }

    private static FindByIdRequest byId() {
        return FindByIdRequest.newBuilder().setId(7).build();
    }

    private static FindByCredentialRequest credential() {
        return FindByCredentialRequest.newBuilder()
                .setEmail("ann@b.org")
                .setPassword("secret")
                .build();
    }

    private static Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", 7);
        row.put("name", "Ann");
        row.put("email", "Ann@b.org");
        row.put("image", null);
        row.put("created_at", Timestamp.from(java.time.Instant.parse("2026-01-02T03:04:05.678912Z")));
        row.put("updated_at", null);
        row.put("role", "user");
        row.put("credential_version", 3);
        return row;
    }

    private static Map<String, @Nullable Object> rowWith(String hash) {
        Map<String, @Nullable Object> row = row();
        row.put("password_hash", hash);
        return row;
    }
}
