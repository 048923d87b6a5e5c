package dev.caravan.encode.step;

import dev.caravan.encode.job.FinishedNote;
import dev.caravan.encode.media.EncodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells the files of an encoding apart: what a player loads last is stored first. */
final class StoredFiles {

    private static final String FOR_EVER = "max-age=31536000, immutable";
    private static final String FOR_A_MINUTE = "max-age=60";

    private StoredFiles() {}

    /** Segments and pictures. */
    static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !isManifest(file)).sorted().toList();
        }
    }

    /** Playlists, then what names them, then the DASH manifest, and the note at the very end. */
    static List<Path> manifests(Path folder) throws IOException {
        List<Path> last = Stream.of(EncodeCommand.HLS, EncodeCommand.DASH, FinishedNote.FILE)
                .map(folder::resolve)
                .toList();
        try (Stream<Path> files = Files.list(folder)) {
            Stream<Path> playlists = files.filter(file -> isManifest(file) && !last.contains(file))
                    .sorted();
            return Stream.concat(playlists, last.stream()).toList();
        }
    }

    static String contentType(Path file) {
        return switch (extension(file)) {
            case "mpd" -> "application/dash+xml";
            case "m3u8" -> "application/vnd.apple.mpegurl";
            case "m4s" -> "video/iso.segment";
            case "mp4" -> "video/mp4";
            case "jpg" -> "image/jpeg";
            case "json" -> "application/json";
            default -> throw new IllegalArgumentException("No file of an encoding: " + file);
        };
    }

    /** A re-encoded video keeps its names, so what lists the others must not be kept for long. */
    static String cacheControl(Path file) {
        return isManifest(file) ? FOR_A_MINUTE : FOR_EVER;
    }

    private static boolean isManifest(Path file) {
        return switch (extension(file)) {
            case "mpd", "m3u8", "json" -> true;
            default -> false;
        };
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
