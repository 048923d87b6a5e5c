package dev.caravan.encode.picture;

/**
 * One file of a picture that was made anew.
 *
 * @param file its name
 * @param width in pixels
 * @param height in pixels
 * @param type its content type
 */
public record Thumbnail(String file, int width, int height, String type) {

    static final String JPEG = "image/jpeg";
    static final String WEBP = "image/webp";

    /** Whether every browser and every program shows it. */
    public boolean isJpeg() {
        return type.equals(JPEG);
    }
}
