package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.CaravanService;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.UpdateProfileRequest;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;

/** Who is an administrator: user-ensure-administrator, user-grant-admin-role; and who can't become one. */
class AdministratorIT extends UserServiceTestBase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void makesTheFirstAdministrator() {
        String email = newEmail();

        startWith(email, "a password for operators");

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> logIn(email, "a password for operators").getRole().equals("admin"));
    }

    @Test
    void makesAnAccountThatIsThereAnAdministratorsAndKeepsItsPassword() {
        User user = stored();

        startWith(user.getEmail().toUpperCase(Locale.ROOT), "a password for operators");

        await().atMost(PATIENCE).until(() -> find(user).getRole().equals("admin"));
        assertThat(logIn(user.getEmail(), PASSWORD).getId()).isEqualTo(user.getId());
        assertThat(fault(() -> logIn(user.getEmail(), "a password for operators"))
                        .reason())
                .isEqualTo("BAD_CREDENTIALS");
        assertThat(find(user).getEmail()).isEqualTo(user.getEmail());
    }

    @Test
    void makesOneAdministratorWhenInstancesStartAtOnce() {
        String email = newEmail();

        jdbc.execute((ConnectionCallback<Void>) connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
                startWith(email, "a password for operators");
                startWith(email, "a password for operators");
                await().atMost(PATIENCE).until(() -> waitingForTheTable() == 2);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return null;
        });

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> logIn(email, "a password for operators").getRole().equals("admin"));
        assertThat(jdbc.queryForObject("SELECT count(*) FROM users WHERE email_key = ?", Integer.class, email))
                .isEqualTo(1);
    }

    @Test
    void makesTheAdministratorOnceADatabaseIsThereThatWasDownAtStart() {
        String email = newEmail();
        User other = stored();
        Database.stop();
        try {
            startWith(email, "a password for operators");
        } finally {
            if (FreePorts.isFree(Database.server().port())) {
                Database.startAgain();
            }
        }

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> logIn(email, "a password for operators").getRole().equals("admin"));
        assertThat(find(other).getRole()).isEqualTo("user");
    }

    @Test
    void givesNobodyARoleWhoAsksForOne() {
        String email = newEmail();
        UnknownFieldSet.Builder wishes = UnknownFieldSet.newBuilder();
        for (int field = 4; field < 20; field++) {
            wishes.mergeField(
                    field,
                    UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("admin"))
                            .build());
        }
        StoreRequest request =
                ann(email).toBuilder().setUnknownFields(wishes.build()).build();

        User user = asWisher(users()).store(request).getData().getUser();
        User changed = asWisher(as(user))
                .updateProfile(UpdateProfileRequest.newBuilder()
                        .setName("Ann Admin")
                        .setUnknownFields(wishes.build())
                        .build())
                .getData()
                .getUser();

        assertThat(user.getRole()).isEqualTo("user");
        assertThat(changed.getRole()).isEqualTo("user");
        assertThat(jdbc.queryForObject("SELECT role FROM users WHERE id = ?", String.class, user.getId()))
                .isEqualTo("user");
        assertThat(jdbc.queryForObject(
                        "SELECT credential_version FROM users WHERE id = ?", Integer.class, user.getId()))
                .isEqualTo(1);
    }

    private int waitingForTheTable() {
        return jdbc.queryForObject(
                "SELECT count(*) FROM pg_locks WHERE relation = 'users'::regclass AND NOT granted", Integer.class);
    }

    private static UserServiceBlockingStub asWisher(UserServiceBlockingStub stub) {
        Metadata metadata = new Metadata();
        for (String name : List.of("role", "x-user-role", "credential_version", "camelsqlquery", "id")) {
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), "admin");
        }
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private void startWith(String email, String password) {
        ConfigurableApplicationContext context = CaravanService.builder(UserApplication.class, "user")
                .run(
                        "--server.port=0",
                        "--user.port=" + FreePorts.pick(),
                        "--spring.datasource.url=" + Database.url(),
                        "--spring.datasource.username=" + Database.server().username(),
                        "--spring.datasource.password=" + Database.server().password(),
                        "--user.admin.email=" + email,
                        "--user.admin.password=" + password);
        synchronized (started) {
            started.add(context);
        }
    }

    private User find(User user) {
        return users().findById(FindByIdRequest.newBuilder().setId(user.getId()).build())
                .getData()
                .getUser();
    }

    private User logIn(String email, String password) {
        return users().findByCredential(FindByCredentialRequest.newBuilder()
                        .setEmail(email)
                        .setPassword(password)
                        .build())
                .getData()
                .getUser();
    }
}
