package dev.caravan.cdnedge.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void readsKeysOfBothKinds(String algorithm) {
        TestSigner signer = TestSigner.create("k", algorithm);
        assertThat(PublicKeyFile.read(signer.writePublicKey(folder.resolve("key.pem"))))
                .isEqualTo(signer.keys().getPublic());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
            })
    void saysWhichFileHoldsNoKey(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.pem"), text);
        assertThatThrownBy(() -> PublicKeyFile.read(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broken.pem");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> PublicKeyFile.read(folder.resolve("missing.pem")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing.pem");
    }
}
