package dev.caravan.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void isNewUntilAPlatformWasReadyOnIt() {
        try (DataFolder first = DataFolder.take(folder.resolve("data"))) {
            assertThat(first.isNew()).isTrue();
            first.markReady();
        }
        try (DataFolder second = DataFolder.take(folder.resolve("data"))) {
            assertThat(second.isNew()).isFalse();
        }
    }

    @Test
    void saysThatTheDiskIsFull() {
        assertThatThrownBy(() -> DataFolder.take(folder, Long.MAX_VALUE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("full")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void saysThatAFileIsInItsPlace() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataFolder.take(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("can't be used");
    }

    @Test
    void keepsSecretsToTheirOwnerAndAcrossRuns() throws Exception {
        SigningKeys keys = SigningKeys.in(folder);
        Secrets secrets = Secrets.in(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.privateKey())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("s3-credentials"))))
                .isEqualTo("rw-------");
        String pem = Files.readString(keys.privateKey());
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        assertThat(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)))
                .isNotNull();
        assertThat(SigningKeys.in(folder)).isEqualTo(keys);
        assertThat(Files.readString(keys.privateKey())).isEqualTo(pem);
        assertThat(Secrets.in(folder)).isEqualTo(secrets);
    }
}
