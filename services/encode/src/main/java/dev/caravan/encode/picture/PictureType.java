package dev.caravan.encode.picture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The kinds of pictures that are taken, told by their first bytes, and what ffmpeg calls each. */
public enum PictureType {
    JPEG("jpeg_pipe", "mjpeg"),
    PNG("png_pipe", "png"),
    WEBP("webp_pipe", "webp"),
    GIF("gif", "gif");

    private final String demuxer;
    private final String decoder;

    PictureType(String demuxer, String decoder) {
        this.demuxer = demuxer;
        this.decoder = decoder;
    }

    String demuxer() {
        return demuxer;
    }

    String decoder() {
        return decoder;
    }

    /** Empty for what is none of them. */
    public static Optional<PictureType> of(byte[] file) {
        if (isAt(file, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (isAt(file, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (isAt(file, 0, "RIFF") && isAt(file, 8, "WEBP")) {
            return Optional.of(WEBP);
        }
        if (isAt(file, 0, "GIF87a") || isAt(file, 0, "GIF89a")) {
            return Optional.of(GIF);
        }
        return Optional.empty();
    }

    /** Whether the text, one byte a character, stands at the offset. */
    static boolean isAt(byte[] file, int offset, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        if (offset < 0 || offset > file.length - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (file[offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
