package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegBinariesIT {
    @TempDir
    Path folder;

    @Test
    void encodesDashAndHlsAndProbesIt() {
        FfmpegBinaries binaries = FfmpegBinaries.locate(folder);
        Path manifest = folder.resolve("master.mpd");

        CommandOutput encode = run(
                binaries,
                binaries.ffmpeg(),
                "-hide_banner -loglevel warning -nostdin -f lavfi -i testsrc2=size=320x180:rate=25:duration=2"
                        + " -f lavfi -i sine=frequency=440:duration=2 -c:v libx264 -preset ultrafast -b:v 300k -pix_fmt yuv420p"
                        + " -c:a aac -f dash -seg_duration 1 -use_template 1 -hls_playlist 1",
                manifest.toString());
        CommandOutput probe = run(
                binaries,
                binaries.ffprobe(),
                "-v error -show_entries stream=codec_name -of csv=p=0",
                folder.resolve("master.m3u8").toString());

        // Nothing but silence: the stub libraries must not make the loader warn.
        assertThat(encode.text()).isEmpty();
        assertThat(encode.code()).isZero();
        assertThat(manifest).content().contains("avc1", "mp4a");
        assertThat(probe.text().lines().filter(line -> !line.isBlank()).distinct())
                .containsExactlyInAnyOrder("h264", "aac");
    }

    @Test
    void isTheVersionThatItsFolderNames() {
        FfmpegBinaries binaries = FfmpegBinaries.locate(folder);

        assertThat(run(binaries, binaries.ffmpeg(), "-version").text()).startsWith("ffmpeg version 8.0.1 ");
        assertThat(binaries.version()).isEqualTo("8.0.1");
        assertThat(binaries.bundled()).isTrue();
        assertThat(binaries.ffmpeg().resolveSibling("")).hasFileName("ffmpeg-8.0.1");
    }

    private static CommandOutput run(FfmpegBinaries binaries, Path program, String arguments, String... more) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of(more));
        return CommandOutput.of(command, binaries.environment());
    }
}
