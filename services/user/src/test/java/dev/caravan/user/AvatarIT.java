package dev.caravan.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.EncodeServiceGrpc;
import dev.caravan.proto.encode.MakePortraitRequest;
import dev.caravan.proto.encode.MakePortraitResponse;
import dev.caravan.proto.user.FindAvatarRequest;
import dev.caravan.proto.user.SetAvatarRequest;
import dev.caravan.proto.user.UpdateProfileRequest;
import dev.caravan.proto.user.User;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The picture that a user is shown by: user-set-avatar, user-keep-avatar, user-find-avatar. */
class AvatarIT extends UserServiceTestBase {

    private static final Server ENCODER = encoder();

    @DynamicPropertySource
    static void encoder(DynamicPropertyRegistry registry) {
        registry.add("encode.address", () -> "127.0.0.1:" + ENCODER.getPort());
    }

    @Test
    void showsAUserByWhatWasMadeOfHisImageAndNeverByWhatHeSent() {
        User ann = stored();

        User shown = set(ann, "sent");

        assertThat(shown.getImage()).matches("/avatars/[0-9a-f]{64}\\.jpg");
        assertThat(shown.hasUpdatedAt()).isTrue();
        assertThat(find(shown.getImage())).isEqualTo("made of sent");
        assertThat(set(ann, "sent").getImage()).as("again").isEqualTo(shown.getImage());
    }

    @Test
    void servesNoPictureThatNobodyIsShownByAnyMore() {
        User ann = stored();
        User bob = stored();
        String first = set(ann, "first").getImage();
        set(bob, "first");

        String second = set(ann, "second").getImage();
        assertThat(find(first)).as("of another").isEqualTo("made of first");
        as(bob).updateProfile(UpdateProfileRequest.newBuilder().setName("Bobby").build());
        assertThat(find(first)).isEqualTo("made of first");
        as(bob).updateProfile(UpdateProfileRequest.newBuilder().setImage("").build());
        assertThat(fault(() -> find(first)).code()).isEqualTo(Status.Code.NOT_FOUND);

        as(ann).updateProfile(UpdateProfileRequest.newBuilder()
                .setImage("https://x.org/a.png")
                .build());
        assertThat(fault(() -> find(second)).code()).isEqualTo(Status.Code.NOT_FOUND);
        String third = set(ann, "third").getImage();
        jdbc.update("DELETE FROM users WHERE id = ?", ann.getId());
        assertThat(fault(() -> find(third)).code()).as("with the account").isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void keepsTheFormerPictureWhenNothingCanBeMadeOfAnImage() {
        User ann = stored();
        String image = set(ann, "good").getImage();

        Fault fault = fault(() -> set(ann, "bad"));
        assertThat(fault.fieldErrors()).containsOnlyKeys("image");
        assertThat(fault(() -> set(ann, "")).fieldErrors()).containsOnlyKeys("image");
        assertThat(find(image)).isEqualTo("made of good");
        assertThat(fault(() -> users().setAvatar(SetAvatarRequest.getDefaultInstance()))
                        .code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private User set(User user, String image) {
        return as(user).setAvatar(SetAvatarRequest.newBuilder()
                        .setImage(ByteString.copyFromUtf8(image))
                        .build())
                .getData()
                .getUser();
    }

    private String find(String image) {
        return users().findAvatar(FindAvatarRequest.newBuilder()
                        .setName(image.substring("/avatars/".length()))
                        .build())
                .getData()
                .getImage()
                .toStringUtf8();
    }

    private static Server encoder() {
        try {
            return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .addService(new EncodeServiceGrpc.EncodeServiceImplBase() {
                        @Override
                        public void makePortrait(
                                MakePortraitRequest request, StreamObserver<MakePortraitResponse> responses) {
                            if (request.getImage().toStringUtf8().equals("bad")) {
                                responses.onError(Fault.invalid("image", "image could not be read")
                                        .toStatusException());
                                return;
                            }
                            MakePortraitResponse.Builder response = MakePortraitResponse.newBuilder();
                            response.getDataBuilder()
                                    .setImage(
                                            ByteString.copyFromUtf8("made of ").concat(request.getImage()));
                            responses.onNext(response.build());
                            responses.onCompleted();
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
