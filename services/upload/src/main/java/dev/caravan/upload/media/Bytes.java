package dev.caravan.upload.media;

import java.nio.charset.StandardCharsets;

/** Questions about the beginning of a file. */
final class Bytes {

    private Bytes() {}

    /** Whether the text, one byte a character, stands at the offset. */
    static boolean at(byte[] file, int offset, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        if (offset < 0 || file.length - offset < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (file[offset + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text stands somewhere before the offset. */
    static boolean before(byte[] file, int end, String text) {
        for (int i = 0; i < end && i < file.length; i++) {
            if (at(file, i, text)) {
                return true;
            }
        }
        return false;
    }
}
