package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.EncodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells the files of an encoding apart: what a player loads last is stored first. */
final class StoredFiles {

    /** Each attempt has a folder of its own, so no file changes. */
    static final String CACHE_CONTROL = "max-age=31536000, immutable";

    private StoredFiles() {}

    /** Segments, and the storyboard. */
    static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !isManifest(file)).sorted().toList();
        }
    }

    /** All sizes of the picture. */
    static List<Path> thumbnails(Job job) {
        return job.thumbnails().stream()
                .map(thumbnail -> job.thumbnailFolder().resolve(thumbnail.file()))
                .toList();
    }

    /** Playlists, then what names them, and the DASH manifest at the very end. */
    static List<Path> manifests(Path folder) throws IOException {
        List<Path> last = Stream.of(EncodeCommand.HLS, EncodeCommand.DASH)
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
            case "webp" -> "image/webp";
            case "vtt" -> "text/vtt";
            default -> throw new IllegalArgumentException("No file of an encoding: " + file);
        };
    }

    private static boolean isManifest(Path file) {
        return switch (extension(file)) {
            case "mpd", "m3u8" -> true;
            default -> false;
        };
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
