package dev.caravan.authentication;

import dev.caravan.authentication.token.TokenClaims;
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

    /** Its fields are checked there too. */
    public FindByCredentialRequest toFindByCredential(LoginRequest request) {
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
