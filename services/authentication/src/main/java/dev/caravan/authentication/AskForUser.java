package dev.caravan.authentication;

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

    /** Whom the token of the call names, or the session. */
    public FindByIdRequest toFindById(Exchange exchange) {
        return FindByIdRequest.newBuilder()
                .setId(exchange.getVariable(Variables.USER_ID, Integer.class))
                .build();
    }
}
