package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemFfmpegTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024",
                "ffmpeg version n7.1 Copyright",
                "ffmpeg version 10.0.1 Copyright"
            })
    void acceptsVersionFiveAndNewer(String text) {
        assertThat(SystemFfmpeg.isRecent(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright",
                "ffmpeg version N-113007-g8d24a28d06 Copyright",
                "ffmpeg: error while loading shared libraries"
            })
    void passesOverOldAndUnnamedVersions(String text) {
        assertThat(SystemFfmpeg.isRecent(text)).isFalse();
    }

    @Test
    void wantsBothEncoders() {
        String x264 = " V....D libx264              libx264 H.264 / AVC\n";
        String aac = " A....D aac                  AAC (Advanced Audio Coding)\n";

        assertThat(SystemFfmpeg.hasEncoders(x264 + aac)).isTrue();
        assertThat(SystemFfmpeg.hasEncoders(x264)).isFalse();
        assertThat(SystemFfmpeg.hasEncoders(aac)).isFalse();
    }
}
