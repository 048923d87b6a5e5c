package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.RegisterResponseData;
import dev.caravan.proto.auth.RotateKeysRequest;
import io.grpc.Status;
import java.nio.file.Files;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** A change of keys while the service runs: authentication-rotate-keys, authentication-renew-keys. */
class KeysIT extends AuthenticationTestBase {

    @Autowired
    CamelContext context;

    @Autowired
    TestRestTemplate http;

    @Test
    void addsAKeyForAnAdministratorThatIsPublishedBeforeItSigns() throws Exception {
        RegisterResponseData before = registered();
        String signing = SignedJWT.parse(before.getToken()).getHeader().getKeyID();

        String next = withMetadata(channel(), Map.of("x-user-id", "1", "x-user-role", "admin"))
                .rotateKeys(RotateKeysRequest.getDefaultInstance())
                .getData()
                .getKeyId();

        assertThat(next).isNotEmpty().isNotEqualTo(signing);
        assertThat(published().getKeyByKeyId(next)).isNotNull();
        assertThat(published().getKeyByKeyId(signing)).isNotNull();
        RegisterResponseData after = registered();
        assertThat(SignedJWT.parse(after.getToken()).getHeader().getKeyID()).isEqualTo(signing);
        assertThat(verify(before.getToken())).isEqualTo(before.getUser());
        assertThat(verify(after.getToken())).isEqualTo(after.getUser());
        assertThat(Files.readString(KEY_FILE)).contains(next);
    }

    @Test
    void addsNoneForAnybodyElse() {
        Fault nobody = fault(() -> service().rotateKeys(RotateKeysRequest.getDefaultInstance()));
        Fault user = fault(() -> withMetadata(channel(), Map.of("x-user-id", "1", "x-user-role", "user"))
                .rotateKeys(RotateKeysRequest.getDefaultInstance()));

        assertThat(nobody.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(user.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void addsNoneByItselfWhileTheNewestIsYoung() throws Exception {
        int before = published().getKeys().size();
        Route renewal = context.getRoute("authentication-renew-keys");

        renewal.getProcessor().process(renewal.getEndpoint().createExchange());

        assertThat(published().getKeys()).hasSize(before);
    }

    private JWKSet published() throws Exception {
        return JWKSet.parse(String.valueOf(http.getForObject("/.well-known/jwks.json", String.class)));
    }
}
