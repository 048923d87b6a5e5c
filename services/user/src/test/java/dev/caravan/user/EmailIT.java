package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.ChangeEmailRequest;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByCredentialResponseData;
import dev.caravan.proto.user.User;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** user-change-email, user-replace-email; and the email that is the first administrator's. */
@TestPropertySource(
        properties = {"user.admin.email=First@Administrator.example", "user.admin.password=a password for operators"})
class EmailIT extends UserServiceTestBase {

    @Test
    void givesAnAccountAnotherEmailAndLetsItsSessionsStay() {
        User user = stored();
        String email = newEmail().toUpperCase(Locale.ROOT);

        User changed = change(user, " " + email + " ", PASSWORD);

        assertThat(changed.getEmail()).isEqualTo(email);
        assertThat(changed.getId()).isEqualTo(user.getId());
        assertThat(changed.hasUpdatedAt()).isTrue();
        FindByCredentialResponseData found = logIn(email.toLowerCase(Locale.ROOT));
        assertThat(found.getUser()).isEqualTo(changed);
        assertThat(found.getCredentialVersion()).isEqualTo(1);
        assertThat(fault(() -> logIn(user.getEmail())).reason()).isEqualTo("BAD_CREDENTIALS");
        assertThat(stored(user.getEmail()).getId())
                .as("whose former email is free")
                .isNotEqualTo(user.getId());
    }

    @Test
    void letsAnEmailBeWrittenAnotherWay() {
        User user = stored();

        assertThat(change(user, user.getEmail().toUpperCase(Locale.ROOT), PASSWORD)
                        .getEmail())
                .isEqualTo(user.getEmail().toUpperCase(Locale.ROOT));
    }

    @Test
    void saysOfATakenEmailWhatRegistrationSays() {
        User user = stored();
        String taken = stored().getEmail();

        Fault fault = fault(() -> change(user, taken.toUpperCase(Locale.ROOT), PASSWORD));

        Fault registration = fault(() -> stored(taken));
        assertThat(fault.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(fault.reason()).isEqualTo(registration.reason());
        assertThat(fault.getMessage()).isEqualTo(registration.getMessage());
        assertThat(logIn(user.getEmail()).getUser()).isEqualTo(user);
    }

    @Test
    void tellsNobodyWithoutThePasswordWhichEmailsAreTaken() {
        User user = stored();
        String taken = stored().getEmail();

        for (String email : List.of(taken, newEmail(), "first@administrator.example")) {
            Fault fault = fault(() -> change(user, email, "wrong password"));
            assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(fault.fieldErrors()).isEqualTo(Map.of("current_password", List.of("current_password is wrong")));
        }
    }

    @Test
    void saysWhatIsWrongWithTheFields() {
        User user = stored();

        assertThat(fault(() -> change(user, "no email", "")).fieldErrors())
                .isEqualTo(Map.of(
                        "email", List.of("email must be an email"),
                        "current_password", List.of("current_password is required")));
    }

    @Test
    void givesAnEmailToOneOfThoseWhoWantItAtOnce() throws Exception {
        String email = newEmail();
        CyclicBarrier start = new CyclicBarrier(3);
        ExecutorService people = Executors.newFixedThreadPool(3);
        try {
            Callable<String> attempt = () -> {
                User user = stored();
                start.await();
                try {
                    return change(user, email, PASSWORD).getEmail();
                } catch (StatusRuntimeException e) {
                    return Fault.from(e).reason();
                }
            };
            List<Future<String>> outcomes = people.invokeAll(List.of(attempt, attempt, attempt));

            assertThat(List.of(
                            outcomes.get(0).get(),
                            outcomes.get(1).get(),
                            outcomes.get(2).get()))
                    .containsExactlyInAnyOrder(email, "EMAIL_TAKEN", "EMAIL_TAKEN");
        } finally {
            people.shutdownNow();
        }
    }

    /** Whoever had it would be an administrator after the next start. */
    @Test
    void givesNobodyTheEmailThatTheConfigurationNames() {
        User user = stored();
        jdbc.update("DELETE FROM users WHERE email_key = 'first@administrator.example'");

        assertThat(fault(() -> change(user, "FIRST@administrator.example", PASSWORD))
                        .reason())
                .isEqualTo("EMAIL_TAKEN");
        assertThat(fault(() -> stored("first@Administrator.example")).reason()).isEqualTo("EMAIL_TAKEN");
    }

    private User change(User user, String email, String password) {
        return as(user).changeEmail(ChangeEmailRequest.newBuilder()
                        .setEmail(email)
                        .setCurrentPassword(password)
                        .build())
                .getData()
                .getUser();
    }

    private FindByCredentialResponseData logIn(String email) {
        return users().findByCredential(FindByCredentialRequest.newBuilder()
                        .setEmail(email)
                        .setPassword(PASSWORD)
                        .build())
                .getData();
    }
}
