package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheFolderForOneServer() {
        Path home = folder.resolve("a/b");
        try (FolderLock held = FolderLock.take(home, "Redis", FolderLock.OWNER)) {
            assertThatThrownBy(() -> FolderLock.take(home, "Redis", FolderLock.OWNER))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessage("The folder " + home + " is in use: another Caravan runs its Redis there.");
        }
        assertThatCode(() -> FolderLock.take(home, "Redis", FolderLock.OWNER).close())
                .doesNotThrowAnyException();
    }

    @Test
    void saysWhenThereCanBeNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> FolderLock.take(file.resolve("data"), "Redis", FolderLock.OWNER))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("can't be used for Redis");
    }
}
