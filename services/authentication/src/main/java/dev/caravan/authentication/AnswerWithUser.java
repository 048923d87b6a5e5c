package dev.caravan.authentication;

import dev.caravan.authentication.session.Grant;
import dev.caravan.authentication.session.KeepUser;
import dev.caravan.authentication.token.IssueToken;
import dev.caravan.proto.auth.LoginResponse;
import dev.caravan.proto.auth.LogoutEverywhereResponse;
import dev.caravan.proto.auth.LogoutEverywhereResponseData;
import dev.caravan.proto.auth.LogoutResponse;
import dev.caravan.proto.auth.LogoutResponseData;
import dev.caravan.proto.auth.RefreshResponse;
import dev.caravan.proto.auth.RegisterResponse;
import dev.caravan.proto.auth.User;
import dev.caravan.proto.auth.VerifyTokenResponse;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Makes the answers of the service, from the user that was kept and what was granted. */
@Component
public final class AnswerWithUser {

    private static final String SUCCESS = "Success";

    private final IssueToken issueToken;

    AnswerWithUser(IssueToken issueToken) {
        this.issueToken = issueToken;
    }

    public RegisterResponse register(Exchange exchange) {
        Grant grant = Grant.of(exchange);
        RegisterResponse.Builder response = RegisterResponse.newBuilder().setMessage(SUCCESS);
        response.getDataBuilder()
                .setToken(issueToken.of(KeepUser.kept(exchange), grant))
                .setUser(user(exchange))
                .setRefreshToken(grant.refreshToken())
                .setExpiresIn(grant.expiresIn());
        return response.build();
    }

    public LoginResponse login(Exchange exchange) {
        Grant grant = Grant.of(exchange);
        LoginResponse.Builder response = LoginResponse.newBuilder().setMessage(SUCCESS);
        response.getDataBuilder()
                .setToken(issueToken.of(KeepUser.kept(exchange), grant))
                .setUser(user(exchange))
                .setRefreshToken(grant.refreshToken())
                .setExpiresIn(grant.expiresIn());
        return response.build();
    }

    public RefreshResponse refresh(Exchange exchange) {
        Grant grant = Grant.of(exchange);
        RefreshResponse.Builder response = RefreshResponse.newBuilder().setMessage(SUCCESS);
        response.getDataBuilder()
                .setToken(issueToken.of(KeepUser.kept(exchange), grant))
                .setUser(user(exchange))
                .setRefreshToken(grant.refreshToken())
                .setExpiresIn(grant.expiresIn());
        return response.build();
    }

    public VerifyTokenResponse verifyToken(Exchange exchange) {
        VerifyTokenResponse.Builder response = VerifyTokenResponse.newBuilder().setMessage(SUCCESS);
        response.getDataBuilder().setUser(user(exchange));
        return response.build();
    }

    public LogoutResponse logout() {
        return LogoutResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(LogoutResponseData.getDefaultInstance())
                .build();
    }

    public LogoutEverywhereResponse logoutEverywhere() {
        return LogoutEverywhereResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(LogoutEverywhereResponseData.getDefaultInstance())
                .build();
    }

    private static User user(Exchange exchange) {
        dev.caravan.proto.user.User user = KeepUser.kept(exchange);
        User.Builder answer = User.newBuilder()
                .setId(user.getId())
                .setName(user.getName())
                .setEmail(user.getEmail())
                .setRole(user.getRole());
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
