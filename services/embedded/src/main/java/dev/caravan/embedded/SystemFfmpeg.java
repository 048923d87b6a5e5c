package dev.caravan.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An ffmpeg of the machine's own, when it can do what Caravan needs. */
final class SystemFfmpeg {
    private static final int OLDEST = 5;
    /** A release says "ffmpeg version 5.1.6" or "ffmpeg version n7.1"; a nightly build names no version. */
    private static final Pattern VERSION = Pattern.compile("^ffmpeg version n?((\\d+)\\.[\\d.]*\\d)");

    private SystemFfmpeg() {}

    /**
     * The pair of this name on PATH, or at this path.
     *
     * @throws EmbeddedServerException when it is missing, old, or lacks an encoder
     */
    static FfmpegBinaries named(String program) {
        Path ffmpeg = find(program);
        Path beside = ffmpeg == null ? null : ffmpeg.resolveSibling("ffprobe");
        Path ffprobe = beside != null && Files.isExecutable(beside) ? beside : Executables.find("ffprobe");
        if (ffmpeg == null || ffprobe == null) {
            throw new EmbeddedServerException(
                    ffmpeg == null ? "There is no " + program + "." : "There is no ffprobe beside " + ffmpeg + ".");
        }
        CommandOutput said = CommandOutput.of(List.of(ffmpeg.toString(), "-version"), Map.of());
        String version = said.code() == 0 ? version(said.text()) : null;
        if (version == null) {
            throw new EmbeddedServerException(ffmpeg + " is no release of ffmpeg from version " + OLDEST + " on.");
        }
        CommandOutput encoders = CommandOutput.of(List.of(ffmpeg.toString(), "-hide_banner", "-encoders"), Map.of());
        if (!hasEncoders(encoders.text())) {
            throw new EmbeddedServerException(ffmpeg + " lacks the encoder libx264, libwebp or aac.");
        }
        return new FfmpegBinaries(ffmpeg, ffprobe, Map.of(), version, false);
    }

    private static @Nullable Path find(String program) {
        if (!program.contains("/")) {
            return Executables.find(program);
        }
        Path path = Path.of(program).toAbsolutePath();
        return Files.isRegularFile(path) && Files.isExecutable(path) ? path : null;
    }

    /** The version of a release that is recent enough; null for any other. */
    static @Nullable String version(String versionText) {
        Matcher matcher = VERSION.matcher(versionText);
        return matcher.find() && Integer.parseInt(matcher.group(2)) >= OLDEST ? matcher.group(1) : null;
    }

    static boolean hasEncoders(String encodersText) {
        return Stream.of(" libx264 ", " libwebp ", " aac ").allMatch(encodersText::contains);
    }
}
