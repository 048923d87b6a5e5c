package dev.caravan.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.caravan.authentication.AuthenticationProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("keys/signing.json");
    }

    @Test
    void makesAKeyForItsOwnerAlone() throws Exception {
        SigningKey key = key();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(key.key().isPrivate()).isTrue();
        assertThat(key.key().getKeyID()).isEqualTo(key.key().computeThumbprint().toString());
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void keepsTheKeyOverARestart() {
        assertThat(key().key()).isEqualTo(key().key());
    }

    @Test
    void makesOneKeyWhenManyStartAtOnce() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(8);
        try {
            Callable<String> start = () -> key().key().getKeyID();
            List<String> ids = new ArrayList<>();
            for (Future<String> id : instances.invokeAll(Collections.nCopies(8, start))) {
                ids.add(id.get());
            }
            assertThat(ids).containsOnly(ids.get(0));
        } finally {
            instances.shutdownNow();
        }
    }

    @Test
    void readsAKeyThatAnOperatorMade() throws Exception {
        JWK made = new ECKeyGenerator(Curve.P_256).keyID("any").generate();
        write(made.toJSONString());

        assertThat(key().key().toECPublicKey()).isEqualTo(made.toECKey().toECPublicKey());
    }

    @Test
    void showsNothingPrivate() {
        assertThat(key().publicKey().isPrivate()).isFalse();
        assertThat(key().publicKey().toJSONObject()).doesNotContainKey("d").containsEntry("alg", "ES256");
    }

    @Test
    void refusesAFileThatIsNoSuchKeyAndTellsNothingOfIt() throws Exception {
        for (String text : List.of(
                "",
                "secret text",
                "{}",
                new RSAKeyGenerator(2048).generate().toJSONString(),
                new ECKeyGenerator(Curve.P_384).generate().toJSONString(),
                new ECKeyGenerator(Curve.P_256).generate().toPublicJWK().toJSONString())) {
            write(text);

            assertThatIllegalStateException()
                    .isThrownBy(this::key)
                    .withMessageContaining("authentication.signing-key")
                    .withMessageContaining(file.toString())
                    .withMessageNotContaining("secret text");
        }
    }

    private void write(String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private SigningKey key() {
        return new SigningKey(new AuthenticationProperties(file, Duration.ofHours(1), "caravan", "caravan"));
    }
}
