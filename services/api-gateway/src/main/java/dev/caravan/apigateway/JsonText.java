package dev.caravan.apigateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The text of a JSON body: UTF-8 or UTF-16, with a byte order mark or without. What a Content-Type says of a charset means
 * nothing to JSON (RFC 8259), and bytes that are no text are refused: nobody could tell later what stood there.
 */
final class JsonText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonText() {}

    /** @throws CharacterCodingException for bytes that are none of these */
    static String decode(byte[] octets) throws CharacterCodingException {
        String text =
                charset(octets).newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }

    /** JSON begins with a character of ASCII, of which UTF-16 makes a zero and itself. */
    private static Charset charset(byte[] octets) {
        if (octets.length >= 2) {
            int start = Byte.toUnsignedInt(octets[0]) << Byte.SIZE | Byte.toUnsignedInt(octets[1]);
            if (start == BYTE_ORDER_MARK || octets[0] == 0) {
                return StandardCharsets.UTF_16BE;
            } else if (start == Character.reverseBytes(BYTE_ORDER_MARK) || octets[1] == 0) {
                return StandardCharsets.UTF_16LE;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
