package dev.caravan.authentication;

import dev.caravan.authentication.token.IssueToken;
import dev.caravan.proto.auth.LoginResponse;
import dev.caravan.proto.auth.LogoutResponse;
import dev.caravan.proto.auth.LogoutResponseData;
import dev.caravan.proto.auth.RegisterResponse;
import dev.caravan.proto.auth.User;
import dev.caravan.proto.auth.VerifyTokenResponse;
import dev.caravan.proto.user.FindByCredentialResponse;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.StoreResponse;
import org.springframework.stereotype.Component;

/** Makes the answers of the service from those of the user service. */
@Component
public final class AnswerWithUser {

    private static final String SUCCESS = "Success";

    private final IssueToken issueToken;

    AnswerWithUser(IssueToken issueToken) {
        this.issueToken = issueToken;
    }

    public RegisterResponse register(StoreResponse stored) {
        RegisterResponse.Builder response = RegisterResponse.newBuilder().setMessage(SUCCESS);
        response.getDataBuilder()
                .setToken(issueToken.of(stored.getData().getUser()))
                .setUser(user(stored.getData().getUser()));
        return response.build();
    }

    public LoginResponse login(FindByCredentialResponse found) {
        LoginResponse.Builder response = LoginResponse.newBuilder().setMessage(SUCCESS);
        response.getDataBuilder()
                .setToken(issueToken.of(found.getData().getUser()))
                .setUser(user(found.getData().getUser()));
        return response.build();
    }

    public VerifyTokenResponse verifyToken(FindByIdResponse found) {
        VerifyTokenResponse.Builder response = VerifyTokenResponse.newBuilder().setMessage(SUCCESS);
        response.getDataBuilder().setUser(user(found.getData().getUser()));
        return response.build();
    }

    public LogoutResponse logout() {
        return LogoutResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(LogoutResponseData.getDefaultInstance())
                .build();
    }

    private static User user(dev.caravan.proto.user.User user) {
        User.Builder answer =
                User.newBuilder().setId(user.getId()).setName(user.getName()).setEmail(user.getEmail());
        if (user.hasImage()) {
            answer.setImage(user.getImage());
        }
        if (user.hasCreatedAt()) {
            answer.setCreatedAt(user.getCreatedAt());
        }
        if (user.hasUpdatedAt()) {
            answer.setUpdatedAt(user.getUpdatedAt());
        }
        return answer.build();
    }
}
