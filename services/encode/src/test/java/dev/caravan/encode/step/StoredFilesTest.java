package dev.caravan.encode.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFilesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void encode() throws IOException {
        for (String name : List.of(
                "master.mpd",
                "master.m3u8",
                "media_0.m3u8",
                "media_1.m3u8",
                "init-0.mp4",
                "segment-0-00001.m4s",
                "poster.jpg")) {
            Files.createFile(folder.resolve(name));
        }
    }

    @Test
    void storesTheManifestsAfterWhatTheyName() throws IOException {
        assertThat(names(StoredFiles.segments(folder)))
                .containsExactlyInAnyOrder("init-0.mp4", "segment-0-00001.m4s", "poster.jpg");
        assertThat(names(StoredFiles.manifests(folder)))
                .containsExactly("media_0.m3u8", "media_1.m3u8", "master.m3u8", "master.mpd");
    }

    @Test
    void saysWhatEachFileIs() {
        assertThat(StoredFiles.contentType(Path.of("master.mpd"))).isEqualTo("application/dash+xml");
        assertThat(StoredFiles.contentType(Path.of("media_0.m3u8"))).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(StoredFiles.contentType(Path.of("segment-0-00001.m4s"))).isEqualTo("video/iso.segment");
        assertThat(StoredFiles.contentType(Path.of("init-0.mp4"))).isEqualTo("video/mp4");
        assertThat(StoredFiles.contentType(Path.of("thumbnail-640.jpg"))).isEqualTo("image/jpeg");
        assertThat(StoredFiles.contentType(Path.of("thumbnail-640.webp"))).isEqualTo("image/webp");
        assertThat(StoredFiles.contentType(Path.of("storyboard.vtt"))).isEqualTo("text/vtt");
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }
}
