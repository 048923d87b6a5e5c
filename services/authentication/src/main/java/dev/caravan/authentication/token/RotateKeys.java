package dev.caravan.authentication.token;

import dev.caravan.proto.auth.RotateKeysResponse;
import org.springframework.stereotype.Component;

/** Adds a key that signs tokens from soon on. Nobody is logged out by it. */
@Component
public final class RotateKeys {

    private final SigningKeys keys;

    RotateKeys(SigningKeys keys) {
        this.keys = keys;
    }

    /** The answer names the key that signs next. */
    public RotateKeysResponse now() {
        RotateKeysResponse.Builder response = RotateKeysResponse.newBuilder().setMessage("Success");
        response.getDataBuilder().setKeyId(keys.rotate().getKeyID());
        return response.build();
    }
}
