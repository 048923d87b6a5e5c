package dev.caravan.upload.direct;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts the body of a form at its delimiters, of which it looks at one byte for each that they have (Boyer-Moore-Horspool): all
 * bytes of a video pass here, and a comparison of each takes as long as all the rest of an upload.
 */
final class FormBody {

    private static final int BUFFER = 64 * 1024;

    private final InputStream body;
    private final byte[] delimiter;
    /** How far a delimiter that ends later is away at least, by the byte where one would end. */
    private final int[] shift = new int[256];

    private final byte[] buffer;
    private int start;
    private int end;
    /** Up to here nothing of a delimiter is in the buffer. */
    private int clean;
    /** Whether there one begins. */
    private boolean delimited;

    FormBody(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(shift, delimiter.length);
        for (int index = 0; index < delimiter.length - 1; index++) {
            shift[delimiter[index] & 0xff] = delimiter.length - 1 - index;
        }
        this.buffer = new byte[Math.max(BUFFER, 2 * delimiter.length)];
        // The first delimiter may be the very beginning.
        buffer[end++] = '\r';
        buffer[end++] = '\n';
        look();
    }

    /**
     * Goes on to what follows the next delimiter.
     *
     * @return whether that is a part, and not the end of the form
     * @throws IOException when the body ends before, or goes on as no form does
     */
    boolean nextPart() throws IOException {
        while (skipToDelimiter()) {
            fill();
        }
        start += delimiter.length;
        delimited = false;
        int first = readByte();
        int second = readByte();
        if (first == '-' && second == '-') {
            return false;
        }
        if (first != '\r' || second != '\n') {
            throw new IOException("a delimiter that goes on");
        }
        return true;
    }

    /**
     * The part's head, without the empty line after it.
     *
     * @param longest in bytes
     * @throws IOException when it is longer, or the body ends in it
     */
    String readHead(int longest) throws IOException {
        byte[] bytes = new byte[longest];
        for (int length = 0; length < longest; ) {
            bytes[length++] = (byte) readByte();
            if (length >= 4
                    && bytes[length - 1] == '\n'
                    && bytes[length - 2] == '\r'
                    && bytes[length - 3] == '\n'
                    && bytes[length - 4] == '\r') {
                look();
                return new String(bytes, 0, length - 4, StandardCharsets.UTF_8);
            }
        }
        throw new IOException("a head of more than " + longest + " bytes");
    }

    /** The part's content, up to the delimiter. Fails when the body ends before. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                while (start == clean) {
                    if (delimited) {
                        return -1;
                    }
                    fill();
                    look();
                }
                int count = Math.min(length, clean - start);
                System.arraycopy(buffer, start, target, offset, count);
                start += count;
                return count;
            }
        };
    }

    /** Whether there is none in the buffer. */
    private boolean skipToDelimiter() {
        look();
        start = clean;
        return !delimited;
    }

    private void look() {
        int last = delimiter.length - 1;
        int at = start;
        delimited = false;
        while (at + last < end) {
            byte there = buffer[at + last];
            if (there == delimiter[last] && isDelimiter(at)) {
                delimited = true;
                break;
            }
            at += shift[there & 0xff];
        }
        clean = at;
    }

    private boolean isDelimiter(int at) {
        // From its front: line breaks are seldom, and no boundary has one, so that no byte is compared more than once.
        for (int index = 0; index < delimiter.length; index++) {
            if (buffer[at + index] != delimiter[index]) {
                return false;
            }
        }
        return true;
    }

    private int readByte() throws IOException {
        if (start == end) {
            fill();
        }
        return buffer[start++] & 0xff;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int read = body.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("the body ends within a part");
        }
        end += read;
    }
}
