package dev.caravan.kernel.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text in a URL's query. Java's and Tomcat's own decoders put a replacement character where bytes are no UTF-8, and nobody
 * can tell it from one that was sent.
 */
public final class UrlText {

    private static final int HEX = 16;
    private static final int ESCAPE = 3;

    private UrlText() {}

    /** The text, with {@code +} as a blank; null for a broken escape, and for bytes that are no UTF-8. */
    public static @Nullable String decode(String encoded) {
        byte[] octets = octets(encoded.replace('+', ' '));
        try {
            return octets == null
                    ? null
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(octets))
                            .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static byte @Nullable [] octets(String encoded) {
        byte[] sent = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream octets = new ByteArrayOutputStream(sent.length);
        for (int index = 0; index < sent.length; index++) {
            if (sent[index] != '%') {
                octets.write(sent[index]);
                continue;
            }
            int octet = index + ESCAPE > sent.length ? -1 : octet(sent[index + 1], sent[index + 2]);
            if (octet < 0) {
                return null;
            }
            octets.write(octet);
            index += ESCAPE - 1;
        }
        return octets.toByteArray();
    }

    /** Negative when one of them is no hexadecimal digit. */
    private static int octet(byte high, byte low) {
        int first = Character.digit(high, HEX);
        int second = Character.digit(low, HEX);
        return first < 0 || second < 0 ? -1 : first * HEX + second;
    }
}
