package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.User;
import io.grpc.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** user-find-by-credential, user-renew-password-hash. */
class CredentialIT extends UserServiceTestBase {

    @Test
    void findsTheUserByEmailAndPassword() {
        User user = stored();

        FindByCredentialResponse response = find(user.getEmail(), PASSWORD);

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.getData().getUser()).isEqualTo(user);
    }

    @Test
    void findsTheUserByAnySpellingOfTheEmail() {
        User user = stored();

        User found = find(" " + user.getEmail().toUpperCase(Locale.ROOT), PASSWORD)
                .getData()
                .getUser();

        assertThat(found).isEqualTo(user);
    }

    @Test
    void answersTheSameForAnUnknownEmailAndAWrongPassword() {
        User user = stored();

        Fault wrongPassword = fault(() -> find(user.getEmail(), "wrong password"));
        Fault unknownEmail = fault(() -> find(newEmail(), PASSWORD));

        assertThat(wrongPassword.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(wrongPassword.reason()).isEqualTo("BAD_CREDENTIALS");
        assertThat(unknownEmail).usingRecursiveComparison().isEqualTo(wrongPassword);
    }

    @Test
    void asksForBothFields() {
        Fault fault = fault(() -> find("", ""));

        assertThat(fault.fieldErrors())
                .isEqualTo(Map.of("email", List.of("email is required"), "password", List.of("password is required")));
    }

    @Test
    void refusesANulCharacterAsAFaultOfTheField() {
        assertThat(fault(() -> find("a\0b@example.org", PASSWORD)).fieldErrors())
                .containsOnlyKeys("email");
    }

    @Test
    void tellsLongPasswordsApartByTheirLastCharacter() {
        String email = newEmail();
        String password = "ö".repeat(254) + "a";
        users().store(ann(email).toBuilder().setPassword(password).build());

        assertThat(find(email, password).getData().getUser().getEmail()).isEqualTo(email);
        assertThat(fault(() -> find(email, "ö".repeat(254) + "b")).reason()).isEqualTo("BAD_CREDENTIALS");
    }

    @Test
    void renewsABcryptHashAtTheNextLogin() {
        renews("{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD));
    }

    @Test
    void renewsABcryptHashOfAnotherSystemAtTheNextLogin() {
        renews(new BCryptPasswordEncoder(4).encode(PASSWORD));
    }

    @Test
    void renewsAWeakerHashAtTheNextLogin() {
        renews("{argon2id}" + new Argon2PasswordEncoder(16, 32, 1, 1024, 1).encode(PASSWORD));
    }

    private void renews(String hash) {
        User user = stored();
        jdbc.update("UPDATE users SET password_hash = ? WHERE id = ?", hash, user.getId());

        assertThat(fault(() -> find(user.getEmail(), "wrong password")).reason())
                .isEqualTo("BAD_CREDENTIALS");
        assertThat(hashOf(user)).isEqualTo(hash);
        User found = find(user.getEmail(), PASSWORD).getData().getUser();

        assertThat(found).isEqualTo(user);
        String renewed = hashOf(user);
        assertThat(renewed).startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$");
        find(user.getEmail(), PASSWORD);
        assertThat(hashOf(user)).isEqualTo(renewed);
    }

    private String hashOf(User user) {
        return String.valueOf(
                jdbc.queryForObject("SELECT password_hash FROM users WHERE id = ?", String.class, user.getId()));
    }

    private FindByCredentialResponse find(String email, String password) {
        return users().findByCredential(FindByCredentialRequest.newBuilder()
                .setEmail(email)
                .setPassword(password)
                .build());
    }
}
