package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    Path folder;

    @Test
    void isMadeOnceAndKept() {
        String first = Secret.in(folder.resolve("password"));

        assertThat(first).hasSize(24);
        assertThat(Secret.in(folder.resolve("password"))).isEqualTo(first);
        assertThat(Secret.in(folder.resolve("other"))).isNotEqualTo(first);
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        Path file = folder.resolve("password");

        Secret.in(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
