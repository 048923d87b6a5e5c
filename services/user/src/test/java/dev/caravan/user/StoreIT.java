package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindSettingsRequest;
import dev.caravan.proto.user.Settings;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.StoreResponse;
import dev.caravan.proto.user.User;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** user-store, user-find-by-id. */
class StoreIT extends UserServiceTestBase {

    @Test
    void storesAUserThatIsFoundByItsId() {
        String email = newEmail();

        StoreResponse response = users().store(ann(email));

        User user = response.getData().getUser();
        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(user.getId()).isPositive();
        assertThat(user.getName()).isEqualTo("Ann Example");
        assertThat(user.getEmail()).isEqualTo(email);
        assertThat(user.getRole()).isEqualTo("user");
        assertThat(response.getData().getCredentialVersion()).isEqualTo(1);
        assertThat(user.hasImage()).isFalse();
        assertThat(user.hasUpdatedAt()).isFalse();
        assertThat(user.getCreatedAt()).endsWith("Z");
        assertThat(Instant.parse(user.getCreatedAt()))
                .isBetween(
                        Instant.now().minus(1, ChronoUnit.MINUTES),
                        Instant.now().plus(1, ChronoUnit.SECONDS));
        assertThat(find(user.getId())).isEqualTo(user);
    }

    @Test
    void givesANewUserTheDefaultSettings() {
        User user = stored();

        Settings settings = as(user).findSettings(FindSettingsRequest.getDefaultInstance())
                .getData()
                .getSettings();

        assertThat(settings)
                .isEqualTo(Settings.newBuilder()
                        .setLanguage("en")
                        .setAutoplay(true)
                        .setEmailNotices(true)
                        .build());
    }

    @Test
    void storesNoPasswordButAHashByArgon2id() {
        User user = stored();

        String row = jdbc.queryForObject("SELECT row(users)::text FROM users WHERE id = ?", String.class, user.getId());

        assertThat(row).contains("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
    }

    @Test
    void refusesAnEmailThatIsTakenInAnySpelling() {
        String email = newEmail();
        stored(email);

        Fault fault = fault(() -> stored("  " + email.toUpperCase(java.util.Locale.ROOT) + " "));

        assertThat(fault.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(fault.reason()).isEqualTo("EMAIL_TAKEN");
    }

    @Test
    void givesAnEmailToOneOfManyWhoWantItAtOnce() throws Exception {
        String email = newEmail();
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Future<Status.Code>> answers = people.invokeAll(java.util.Collections.nCopies(8, store(email)));

            List<Status.Code> codes = new java.util.ArrayList<>();
            for (Future<Status.Code> answer : answers) {
                codes.add(answer.get());
            }
            assertThat(codes)
                    .containsOnly(Status.Code.OK, Status.Code.ALREADY_EXISTS)
                    .containsOnlyOnce(Status.Code.OK);
            assertThat(jdbc.queryForObject("SELECT count(*) FROM users WHERE email_key = ?", Integer.class, email))
                    .isEqualTo(1);
        } finally {
            people.shutdownNow();
        }
    }

    private Callable<Status.Code> store(String email) {
        return () -> {
            try {
                stored(email);
                return Status.Code.OK;
            } catch (StatusRuntimeException e) {
                return e.getStatus().getCode();
            }
        };
    }

    @Test
    void tellsAllFaultsOfARequestAtOnce() {
        Fault fault = fault(() -> users().store(StoreRequest.newBuilder()
                .setName("Al")
                .setEmail("nobody")
                .build()));

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors())
                .isEqualTo(Map.of(
                        "name", List.of("name must be at least 3 characters"),
                        "email", List.of("email must be an email"),
                        "password", List.of("password is required")));
    }

    @Test
    void refusesANulCharacterAsAFaultOfTheField() {
        Fault fault = fault(() -> users().store(
                        ann(newEmail()).toBuilder().setPassword("with\0nul").build()));

        assertThat(fault.fieldErrors()).containsOnlyKeys("password");
    }

    @Test
    void keepsEveryCharacterOfALongNameAndEmail() {
        String name = "🦊".repeat(50);
        String email = "ä".repeat(64) + "@" + "x".repeat(60) + "." + "y".repeat(60) + ".example";

        User user = users().store(StoreRequest.newBuilder()
                        .setName(name)
                        .setEmail(email)
                        .setPassword(PASSWORD)
                        .build())
                .getData()
                .getUser();

        assertThat(user.getName()).isEqualTo(name);
        assertThat(user.getEmail()).isEqualTo(email);
        jdbc.update("DELETE FROM users WHERE id = ?", user.getId());
    }

    @Test
    void knowsNoUserOfAnUnknownId() {
        for (int id : new int[] {0, -1, Integer.MAX_VALUE}) {
            Fault fault = fault(() -> find(id));

            assertThat(fault.code()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(fault.reason()).isEqualTo("USER_NOT_FOUND");
        }
    }

    private User find(int id) {
        return users().findById(FindByIdRequest.newBuilder().setId(id).build())
                .getData()
                .getUser();
    }
}
