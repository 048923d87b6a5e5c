package dev.caravan.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ffmpeg that the operating system has, when it can do what Caravan needs. */
final class SystemFfmpeg {
    private static final int OLDEST = 5;
    /** A release says "ffmpeg version 5.1.6" or "ffmpeg version n7.1"; a nightly build names no version. */
    private static final Pattern VERSION = Pattern.compile("^ffmpeg version n?(\\d+)\\.");

    private SystemFfmpeg() {}

    /** Returns the pair on PATH, or null when it is missing, old, or lacks an encoder. */
    static @Nullable FfmpegBinaries find() {
        Path ffmpeg = Executables.find("ffmpeg");
        Path ffprobe = Executables.find("ffprobe");
        if (ffmpeg == null || ffprobe == null || !serves(ffmpeg)) {
            return null;
        }
        return new FfmpegBinaries(ffmpeg, ffprobe, Map.of());
    }

    private static boolean serves(Path ffmpeg) {
        CommandOutput version = CommandOutput.of(List.of(ffmpeg.toString(), "-version"), Map.of());
        if (version.code() != 0 || !isRecent(version.text())) {
            return false;
        }
        CommandOutput encoders = CommandOutput.of(List.of(ffmpeg.toString(), "-hide_banner", "-encoders"), Map.of());
        return hasEncoders(encoders.text());
    }

    static boolean isRecent(String versionText) {
        Matcher matcher = VERSION.matcher(versionText);
        return matcher.find() && Integer.parseInt(matcher.group(1)) >= OLDEST;
    }

    static boolean hasEncoders(String encodersText) {
        return encodersText.contains(" libx264 ") && encodersText.contains(" aac ");
    }
}
