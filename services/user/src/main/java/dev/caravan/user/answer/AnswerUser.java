package dev.caravan.user.answer;

import dev.caravan.proto.user.ChangeEmailResponse;
import dev.caravan.proto.user.ChangeEmailResponseData;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.FindByCredentialResponseData;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.FindByIdResponseData;
import dev.caravan.proto.user.SetAvatarResponse;
import dev.caravan.proto.user.SetAvatarResponseData;
import dev.caravan.proto.user.StoreResponse;
import dev.caravan.proto.user.StoreResponseData;
import dev.caravan.proto.user.UpdateProfileResponse;
import dev.caravan.proto.user.UpdateProfileResponseData;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Answers that show one user, of each RPC that does. */
@Component
public class AnswerUser {

    public StoreResponse store(@Body Map<String, Object> row) {
        return StoreResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(StoreResponseData.newBuilder()
                        .setUser(Rows.user(row))
                        .setCredentialVersion(Rows.credentialVersion(row)))
                .build();
    }

    public FindByIdResponse findById(@Body Map<String, Object> row) {
        return FindByIdResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(FindByIdResponseData.newBuilder()
                        .setUser(Rows.user(row))
                        .setCredentialVersion(Rows.credentialVersion(row))
                        .setBlocked(Rows.blocked(row)))
                .build();
    }

    public FindByCredentialResponse findByCredential(@Body Map<String, Object> row) {
        return FindByCredentialResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(FindByCredentialResponseData.newBuilder()
                        .setUser(Rows.user(row))
                        .setCredentialVersion(Rows.credentialVersion(row)))
                .build();
    }

    public UpdateProfileResponse updateProfile(@Body Map<String, Object> row) {
        return UpdateProfileResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(UpdateProfileResponseData.newBuilder().setUser(Rows.user(row)))
                .build();
    }

    public SetAvatarResponse setAvatar(@Body Map<String, Object> row) {
        return SetAvatarResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(SetAvatarResponseData.newBuilder().setUser(Rows.user(row)))
                .build();
    }

    public ChangeEmailResponse changeEmail(@Body Map<String, Object> row) {
        return ChangeEmailResponse.newBuilder()
                .setMessage(Rows.SUCCESS)
                .setData(ChangeEmailResponseData.newBuilder().setUser(Rows.user(row)))
                .build();
    }
}
