package dev.caravan.videocatalog.caption;

import dev.caravan.kernel.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of captions as somebody sent it, in lines. Its text is Unicode: UTF-8, or UTF-16 with a byte order mark. What is in
 * another encoding is refused and not guessed at: a wrong guess is found out by those who cannot read it.
 */
final class CaptionFile {

    private static final int LARGEST = 10 << 20;
    private static final int MARK_OF_UTF_8 = 3;

    private CaptionFile() {}

    /** @throws Fault that says what it is instead of text, and where */
    static List<String> lines(byte[] file) {
        if (file.length == 0) {
            throw Fault.invalid("captions", "captions are required: the body is a WebVTT or SRT file");
        }
        if (file.length > LARGEST) {
            throw Fault.invalid("captions", "captions must be at most 10 MB");
        }
        List<String> lines = List.of(decode(file).split("\r\n|\r|\n", -1));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
                throw invalid(i + 1, "it has a control character, so the file is no text");
            }
        }
        return lines;
    }

    /** @param line from 1 */
    static Fault invalid(int line, String what) {
        return Fault.invalid("captions", "captions are not valid at line " + line + ": " + what);
    }

    private static String decode(byte[] file) {
        int first = file.length < 2 ? 0 : Byte.toUnsignedInt(file[0]) << Byte.SIZE | Byte.toUnsignedInt(file[1]);
        if (first == 0xFEFF) {
            return decode(file, 2, StandardCharsets.UTF_16BE);
        } else if (first == 0xFFFE) {
            return decode(file, 2, StandardCharsets.UTF_16LE);
        }
        boolean marked = first == 0xEFBB && file.length >= MARK_OF_UTF_8 && file[2] == (byte) 0xBF;
        return decode(file, marked ? MARK_OF_UTF_8 : 0, StandardCharsets.UTF_8);
    }

    private static String decode(byte[] file, int start, Charset charset) {
        ByteBuffer bytes = ByteBuffer.wrap(file, start, file.length - start);
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = start; i < bytes.position(); i++) {
                line += file[i] == '\n' ? 1 : 0;
            }
            throw invalid(line, "it is not " + charset + " text; save the file as UTF-8");
        }
    }
}
