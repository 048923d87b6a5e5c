package dev.caravan.upload.media;

import java.util.Optional;

/** Images that browsers show, by their first bytes. */
public final class ImageSignature {

    /** How many bytes are enough. */
    public static final int LENGTH = 12;

    private ImageSignature() {}

    /** The content type; empty for what is no JPEG, PNG, WebP or GIF. */
    public static Optional<String> typeOf(byte[] file) {
        if (Bytes.at(file, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (Bytes.at(file, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (Bytes.at(file, 0, "RIFF") && Bytes.at(file, 8, "WEBP")) {
            return Optional.of("image/webp");
        }
        if (Bytes.at(file, 0, "GIF87a") || Bytes.at(file, 0, "GIF89a")) {
            return Optional.of("image/gif");
        }
        return Optional.empty();
    }
}
