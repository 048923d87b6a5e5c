package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.caravan.authentication.AuthenticationProperties;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.stereotype.Component;

/**
 * The key that tokens are signed with: P-256, for ES256 and nothing else. It is made at the first start, readable for its
 * owner only; its id is its thumbprint (RFC 7638).
 */
@Component
public final class SigningKey {

    /** The one algorithm of every token. */
    static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ES256;

    private final ECKey key;

    /** @throws IllegalStateException when the file is there and is no such key, or can't be made */
    SigningKey(AuthenticationProperties properties) {
        Path file = properties.signingKey().toAbsolutePath();
        try {
            key = Files.exists(file) ? read(file) : create(file);
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException("authentication.signing-key " + file + " is no usable key: " + e, e);
        }
    }

    /** With the private part: never leaves the service. */
    public ECKey key() {
        return key;
    }

    /** Without the private part: for everybody. */
    public ECKey publicKey() {
        return key.toPublicJWK();
    }

    private static ECKey read(Path file) throws IOException, ParseException, JOSEException {
        ECKey key = ECKey.parse(Files.readString(file));
        if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
            throw new JOSEException("it must be a private key on the curve P-256");
        }
        return new ECKey.Builder(key)
                .keyIDFromThumbprint()
                .algorithm(JWSAlgorithm.ES256)
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    /** Another instance that makes one at the same moment wins or loses as a whole: a link is made once. */
    private static ECKey create(Path file) throws IOException, JOSEException, ParseException {
        ECKey made = new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint(true)
                .generate();
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(
                file.getParent(),
                "signing-key",
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, made.toJSONString());
            Files.createLink(file, draft);
            return made;
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } finally {
            Files.delete(draft);
        }
    }
}
