package dev.caravan.encode.presentation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Pictures of moments of a video that are the same time apart, as the tiles of one sheet: what a player shows of a place
 * that a viewer may go to. They are keyframes of the smallest size, the one in force in the middle of a tile's time, and
 * there is no empty tile.
 *
 * @param track whose pictures it shows
 * @param seconds of the video, in whole milliseconds
 * @param columns tiles side by side
 * @param rows tiles below each other
 * @param width of a tile, in pixels
 * @param height of a tile, in pixels
 */
public record Storyboard(Track track, double seconds, int columns, int rows, int width, int height) {

    /** Name of the sheet, a JPEG. */
    public static final String SHEET = "storyboard.jpg";
    /** Name of the WebVTT file that says which tile of the sheet is of which time. */
    public static final String TEXT = "storyboard.vtt";

    /** As Mux makes them: more for a video of a quarter of an hour or more. */
    private static final int MOST_TILES = 100;

    private static final int MOST_TILES_OF_A_SHORT_ONE = 50;
    private static final double SHORT = 15 * 60;
    private static final int MOST_COLUMNS = 10;
    /** Pixels of a tile's longer side. */
    private static final int LONGEST_SIDE = 160;

    private static final int MILLIS = 1000;

    /**
     * The one of an encoded video.
     *
     * @param keyframeSeconds from one keyframe to the next: more tiles than keyframes would be alike
     */
    public static Storyboard of(Presentation presentation, int keyframeSeconds) {
        double seconds = Math.max(1, Math.round(presentation.end() * MILLIS)) / (double) MILLIS;
        int most = seconds < SHORT ? MOST_TILES_OF_A_SHORT_ONE : MOST_TILES;
        int tiles = (int) Math.max(1, Math.min(most, seconds / keyframeSeconds));
        int columns = Math.min(tiles, MOST_COLUMNS);
        List<Track> pictures = presentation.pictures();
        Track smallest = pictures.get(pictures.size() - 1);
        double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(smallest.width(), smallest.height()));
        return new Storyboard(
                smallest,
                seconds,
                columns,
                tiles / columns,
                even(smallest.width() * scale),
                even(smallest.height() * scale));
    }

    /** Colours of a JPEG are those of two pixels: a tile with an odd side would show some of the next one. */
    private static int even(double pixels) {
        return (int) Math.max(2, 2 * Math.round(pixels / 2));
    }

    int tiles() {
        return columns * rows;
    }

    /** How long a tile is shown. */
    double interval() {
        return seconds / tiles();
    }

    int sheetWidth() {
        return columns * width;
    }

    int sheetHeight() {
        return rows * height;
    }

    /** Writes the segments that its pictures are in, after their init segment, as one file. */
    public void join(Path segments, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            Files.copy(segments.resolve(track.init()), out);
            for (String segment : segments()) {
                Files.copy(segments.resolve(segment), out);
            }
        }
    }

    /** The names of the segments that its pictures are in, of a long video a few of all. */
    Set<String> segments() {
        Set<String> files = new LinkedHashSet<>();
        int at = 0;
        for (int tile = 0; tile < tiles(); tile++) {
            double shown = (tile + 0.5) * interval();
            while (at + 1 < track.segments().size()
                    && track.seconds(track.segments().get(at + 1).start()) <= shown) {
                at++;
            }
            files.add(track.segments().get(at).file());
        }
        return files;
    }

    /**
     * Draws the sheet.
     *
     * @param video what {@link #join} wrote
     */
    public List<String> command(String ffmpeg, Path video, Path sheet) {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-nostdin", "-hide_banner", "-v", "error", "-nostats"));
        command.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", "mov"));
        command.addAll(List.of("-skip_frame", "nokey", "-threads", "1", "-i", video.toString()));
        // Rounded up: of the pictures until a tile's time, the last. It takes one that comes later for the last to be
        // shown,
        // and where the picture ends before its sound, the last stands.
        String graph = String.format(
                Locale.ROOT,
                "[0:v]tpad=stop_duration=%.6f:stop_mode=clone,fps=fps=%d/%d:start_time=%.6f:round=up,"
                        + "scale=%d:%d:out_color_matrix=bt601:out_range=full,setsar=1,format=yuvj420p,"
                        + "tpad=stop=%d:stop_mode=clone,tile=%dx%d[sheet]",
                interval(),
                tiles() * MILLIS,
                Math.round(seconds * MILLIS),
                interval() / 2,
                width,
                height,
                tiles(),
                columns,
                rows);
        command.addAll(List.of("-filter_complex", graph, "-map", "[sheet]", "-map_metadata", "-1", "-frames:v", "1"));
        command.addAll(List.of("-c:v", "mjpeg", "-q:v", "5", "-flags:v", "+bitexact", "-fflags", "+bitexact"));
        command.addAll(List.of("-f", "image2", "-update", "1", sheet.toString()));
        return List.copyOf(command);
    }

    /** Which tile is of which time, as players take it: a cue a tile, with its place as a spatial fragment (Media Fragments URI 1.0). */
    public String text() {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        for (int tile = 0; tile < tiles(); tile++) {
            text.append(String.format(
                    Locale.ROOT,
                    "\n%s --> %s\n%s#xywh=%d,%d,%d,%d\n",
                    time(tile * interval()),
                    time((tile + 1) * interval()),
                    SHEET,
                    tile % columns * width,
                    tile / columns * height,
                    width,
                    height));
        }
        return text.toString();
    }

    private static String time(double seconds) {
        long millis = Math.round(seconds * MILLIS);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / MILLIS % 60,
                millis % MILLIS);
    }
}
