package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemFfmpegTest {
    private static final String ENCODERS = "echo ' V....D libx264  x'; echo ' V....D libwebp  x'; echo ' A....D aac  x'";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024, 5.1.6",
        "ffmpeg version n7.1 Copyright, 7.1",
        "ffmpeg version 10.0.1 Copyright, 10.0.1"
    })
    void acceptsVersionFiveAndNewer(String text, String version) {
        assertThat(SystemFfmpeg.version(text)).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright",
                "ffmpeg version N-113007-g8d24a28d06 Copyright",
                "ffmpeg: error while loading shared libraries"
            })
    void passesOverOldAndUnnamedVersions(String text) {
        assertThat(SystemFfmpeg.version(text)).isNull();
    }

    @Test
    void wantsAllEncoders() {
        String x264 = " V....D libx264              libx264 H.264 / AVC\n";
        String aac = " A....D aac                  AAC (Advanced Audio Coding)\n";
        String webp = " V....D libwebp              libwebp WebP image (codec webp)\n";

        assertThat(SystemFfmpeg.hasEncoders(x264 + webp + aac)).isTrue();
        assertThat(SystemFfmpeg.hasEncoders(x264 + webp)).isFalse();
        assertThat(SystemFfmpeg.hasEncoders(x264 + aac)).isFalse();
        assertThat(SystemFfmpeg.hasEncoders(webp + aac)).isFalse();
    }

    @Test
    void takesTheFfprobeThatLiesBesideTheFfmpegThatIsNamed() throws IOException {
        Path ffmpeg = program("ffmpeg", "echo 'ffmpeg version 6.1.1-3 x'; " + ENCODERS);
        Path ffprobe = program("ffprobe", "exit 0");

        assertThat(FfmpegBinaries.named(ffmpeg.toString()))
                .isEqualTo(new FfmpegBinaries(ffmpeg, ffprobe, java.util.Map.of(), "6.1.1", false));
    }

    @Test
    void saysWhatIsWrongWithTheOneThatIsNamed() throws IOException {
        program("ffprobe", "exit 0");
        Path old = program("old", "echo 'ffmpeg version 4.4.2 x'; " + ENCODERS);
        Path poor = program("poor", "echo 'ffmpeg version 6.1.1 x'");
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> FfmpegBinaries.named(none.toString())).hasMessage("There is no " + none + ".");
        assertThatThrownBy(() -> FfmpegBinaries.named(old.toString()))
                .hasMessage(old + " is no release of ffmpeg from version 5 on.");
        assertThatThrownBy(() -> FfmpegBinaries.named(poor.toString()))
                .hasMessage(poor + " lacks the encoder libx264, libwebp or aac.");
    }

    private Path program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
