package dev.caravan.videocatalog.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.CaravanService;
import dev.caravan.videocatalog.VideoCatalogApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PrivateKeyFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void readsBothKindsOfKey(String algorithm) {
        SigningKey key = SigningKey.create(algorithm);
        Path file = key.write(folder.resolve("key.pem"));

        assertThat(PrivateKeyFile.read(file.toString())).isEqualTo(key.keys().getPrivate());
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path none = folder.resolve("none.pem");
        Path other = Files.writeString(
                folder.resolve("other.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Path old = Files.writeString(folder.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");

        assertThatThrownBy(() -> PrivateKeyFile.read(none.toString()))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining(none.toString());
        for (Path unusable : new Path[] {other, old}) {
            assertThatThrownBy(() -> PrivateKeyFile.read(unusable.toString()))
                    .isInstanceOf(UnusableKeyException.class)
                    .hasMessageContaining("holds no RSA or EC key")
                    .hasMessageContaining(unusable.toString());
        }
    }

    @Test
    void endsTheStartWithOneSentence(CapturedOutput output) {
        assertThatThrownBy(() -> CaravanService.builder(VideoCatalogApplication.class, "video-catalog")
                        .run("--server.port=0"))
                .hasRootCauseInstanceOf(UnusableKeyException.class);

        // A service that another test started says how it is meanwhile.
        assertThat(output.getAll().lines().filter(line -> !line.contains("\"thread\":\"health-meters\"")))
                .anyMatch(line ->
                        line.contains("cdn.private-key has to name the PEM file of the key that signs playback URLs."))
                .noneMatch(line -> line.contains("at dev.caravan"));
    }
}
