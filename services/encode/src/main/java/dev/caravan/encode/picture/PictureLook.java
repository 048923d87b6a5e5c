package dev.caravan.encode.picture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What ffprobe says of a picture, as it lies in the file.
 *
 * @param width in pixels
 * @param height in pixels
 * @param format of its pixels, as ffmpeg names it
 */
record PictureLook(int width, int height, String format) {

    private static final Pattern ALPHA = Pattern.compile("(rgba|bgra|argb|abgr|yuva|ya|gbrap|pal8).*");

    /** Empty when no picture was found. */
    static Optional<PictureLook> read(JsonNode report) {
        JsonNode stream = report.path("streams").path(0);
        int width = stream.path("width").asInt();
        int height = stream.path("height").asInt();
        return width > 0 && height > 0
                ? Optional.of(
                        new PictureLook(width, height, stream.path("pix_fmt").asText()))
                : Optional.empty();
    }

    /** Whether one may look through it. */
    boolean hasAlpha() {
        return ALPHA.matcher(format).matches();
    }

    /** Whether it has brightness and colour apart, which are to be put together. */
    boolean isYuv() {
        return format.startsWith("yuv");
    }
}
