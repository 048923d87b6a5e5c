package dev.caravan.authentication;

import dev.caravan.authentication.token.TokenClaims;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.auth.LoginRequest;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.user.FindByCredentialRequest;
import dev.caravan.proto.user.FindByIdRequest;
import dev.caravan.proto.user.StoreRequest;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Makes the requests to the user service. */
@Component
public final class AskForUser {

    /** Its fields are checked where accounts are: by the user service. */
    public StoreRequest toStore(RegisterRequest request) {
        return StoreRequest.newBuilder()
                .setName(request.getName())
                .setEmail(request.getEmail())
                .setPassword(request.getPassword())
                .build();
    }

    /** @throws dev.caravan.kernel.Fault when the email or the password is missing */
    public FindByCredentialRequest toFindByCredential(LoginRequest request) {
        new FieldErrors()
                .required("email", request.getEmail())
                .required("password", request.getPassword())
                .orThrow();
        return FindByCredentialRequest.newBuilder()
                .setEmail(request.getEmail())
                .setPassword(request.getPassword())
                .build();
    }

    /** The user whom the token of the call names. */
    public FindByIdRequest toFindById(Exchange exchange) {
        TokenClaims token = exchange.getProperty(TokenClaims.PROPERTY, TokenClaims.class);
        return FindByIdRequest.newBuilder().setId(token.userId()).build();
    }
}
