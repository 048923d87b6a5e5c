package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.ChangeEmailRequest;
import dev.caravan.proto.user.ChangePasswordRequest;
import dev.caravan.proto.user.ChangePasswordResponse;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.FindSettingsRequest;
import dev.caravan.proto.user.SaveSettingsRequest;
import dev.caravan.proto.user.SaveSettingsResponse;
import dev.caravan.proto.user.UpdateProfileRequest;
import dev.caravan.proto.user.UpdateProfileResponse;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** user-update-profile, user-change-password, user-replace-password, user-find-settings, user-save-settings. */
class AccountIT extends UserServiceTestBase {

    private static final String IMAGE = "https://example.org/ann.png";

    @Test
    void changesTheNameAndNothingElse() {
        User user = stored();
        as(user).updateProfile(UpdateProfileRequest.newBuilder().setImage(IMAGE).build());

        UpdateProfileResponse response = as(user).updateProfile(
                        UpdateProfileRequest.newBuilder().setName(" Anna ").build());

        User changed = response.getData().getUser();
        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(changed.getName()).isEqualTo("Anna");
        assertThat(changed.getImage()).isEqualTo(IMAGE);
        assertThat(changed.getEmail()).isEqualTo(user.getEmail());
        assertThat(changed.getCreatedAt()).isEqualTo(user.getCreatedAt());
        assertThat(Instant.parse(changed.getUpdatedAt())).isAfter(Instant.parse(user.getCreatedAt()));
        assertThat(users().findById(
                                FindByIdRequest.newBuilder().setId(user.getId()).build())
                        .getData()
                        .getUser())
                .isEqualTo(changed);
    }

    @Test
    void removesTheImageByAnEmptyText() {
        User user = stored();
        as(user).updateProfile(UpdateProfileRequest.newBuilder().setImage(IMAGE).build());

        User changed = as(user).updateProfile(
                        UpdateProfileRequest.newBuilder().setImage("").build())
                .getData()
                .getUser();

        assertThat(changed.hasImage()).isFalse();
    }

    @Test
    void changesNothingForAnEmptyRequest() {
        User user = stored();

        assertThat(as(user).updateProfile(UpdateProfileRequest.getDefaultInstance())
                        .getData()
                        .getUser())
                .isEqualTo(user);
    }

    @Test
    void changesThePasswordOfWhoKnowsIt() {
        User user = stored();

        ChangePasswordResponse response = changePassword(user, PASSWORD, "battery staple");

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.hasData()).isTrue();
        assertThat(fault(() -> logIn(user, PASSWORD)).reason()).isEqualTo("BAD_CREDENTIALS");
        assertThat(logIn(user, "battery staple").hasUpdatedAt()).isTrue();
    }

    @Test
    void raisesTheCredentialVersionWithEachChangeAndWithNothingElse() {
        User user = stored();
        assertThat(credentialVersion(user)).isEqualTo(1);

        fault(() -> changePassword(user, "wrong password", "battery staple"));
        as(user).updateProfile(UpdateProfileRequest.newBuilder().setName("Anna").build());
        logIn(user, PASSWORD);
        assertThat(credentialVersion(user)).isEqualTo(1);

        changePassword(user, PASSWORD, "battery staple");
        assertThat(credentialVersion(user)).isEqualTo(2);
        changePassword(user, "battery staple", PASSWORD);
        assertThat(credentialVersion(user)).isEqualTo(3);
        assertThat(users().findByCredential(FindByCredentialRequest.newBuilder()
                                .setEmail(user.getEmail())
                                .setPassword(PASSWORD)
                                .build())
                        .getData()
                        .getCredentialVersion())
                .isEqualTo(3);
    }

    @Test
    void keepsThePasswordWhenTheCurrentOneIsWrong() {
        User user = stored();

        Fault fault = fault(() -> changePassword(user, "wrong password", "battery staple"));

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors()).isEqualTo(Map.of("current_password", List.of("current_password is wrong")));
        assertThat(logIn(user, PASSWORD)).isEqualTo(user);
    }

    @Test
    void savesAllSettings() {
        User user = stored();
        SaveSettingsRequest request = SaveSettingsRequest.newBuilder()
                .setLanguage("DE-at")
                .setPreferredMaxResolution(720)
                .build();

        SaveSettingsResponse response = as(user).saveSettings(request);

        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(response.getData().getSettings().getLanguage()).isEqualTo("de-AT");
        assertThat(response.getData().getSettings().getAutoplay()).isFalse();
        assertThat(response.getData().getSettings().getPreferredMaxResolution()).isEqualTo(720);
        assertThat(response.getData().getSettings().getEmailNotices()).isFalse();
        assertThat(as(user).findSettings(FindSettingsRequest.getDefaultInstance())
                        .getData()
                        .getSettings())
                .isEqualTo(response.getData().getSettings());
    }

    @Test
    void asksWhoCalls() {
        for (String caller : List.of("", "ann", "0", "-1", "99999999999")) {
            assertThat(calls(as(caller)).map(UserServiceTestBase::fault))
                    .allMatch(fault -> fault.reason().equals("NO_CALLER"))
                    .allMatch(fault -> fault.code() == Status.Code.UNAUTHENTICATED);
        }
        assertThat(calls(users()).map(UserServiceTestBase::fault))
                .allMatch(fault -> fault.reason().equals("NO_CALLER"));
    }

    @Test
    void knowsNoCallerWhoIsGone() {
        assertThat(calls(as("2000000000")).map(UserServiceTestBase::fault))
                .allMatch(fault -> fault.reason().equals("USER_NOT_FOUND"));
    }

    private static Stream<ThrowingCallable> calls(UserServiceBlockingStub stub) {
        return Stream.of(
                () -> stub.updateProfile(
                        UpdateProfileRequest.newBuilder().setName("Anna").build()),
                () -> stub.changePassword(change(PASSWORD, "battery staple")),
                () -> stub.changeEmail(ChangeEmailRequest.newBuilder()
                        .setEmail(newEmail())
                        .setCurrentPassword(PASSWORD)
                        .build()),
                () -> stub.findSettings(FindSettingsRequest.getDefaultInstance()),
                () -> stub.saveSettings(
                        SaveSettingsRequest.newBuilder().setLanguage("en").build()));
    }

    private ChangePasswordResponse changePassword(User user, String current, String next) {
        return as(user).changePassword(change(current, next));
    }

    private static ChangePasswordRequest change(String current, String next) {
        return ChangePasswordRequest.newBuilder()
                .setCurrentPassword(current)
                .setNewPassword(next)
                .build();
    }

    private int credentialVersion(User user) {
        return users().findById(FindByIdRequest.newBuilder().setId(user.getId()).build())
                .getData()
                .getCredentialVersion();
    }

    private User logIn(User user, String password) {
        return users().findByCredential(FindByCredentialRequest.newBuilder()
                        .setEmail(user.getEmail())
                        .setPassword(password)
                        .build())
                .getData()
                .getUser();
    }
}
