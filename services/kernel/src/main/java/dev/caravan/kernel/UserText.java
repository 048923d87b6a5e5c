package dev.caravan.kernel;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Text that people write, such as titles and names, as the platform keeps it: composed (NFC), and without the controls that
 * turn the direction of whatever is shown around it. Which of it is no text at all {@link FieldErrors} tells.
 */
public final class UserText {

    /** The characters of Unicode's property Bidi_Control. */
    private static final Pattern BIDI_CONTROL =
            Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    /** All of Unicode's but the line feed. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|[\\r\\x0B\\f\\u0085\\u2028\\u2029]");

    private static final Pattern NO_LINE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");
    private static final Pattern NO_LINES = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    /** What is drawn, although Unicode counts it among the format controls: signs that span the digits after them. */
    private static final Pattern DRAWN_FORMAT =
            Pattern.compile("[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\x{110BD}\\x{110CD}]");

    /**
     * What nobody sees: white space, format controls and what else is ignorable by default (joiners, fillers, variation
     * selectors, tags), and three characters that are drawn as nothing.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\s\\p{Z}\\p{Cf}\\u0085\\u034F\\u115F\\u1160\\u17B4\\u17B5"
                    + "\\u180B-\\u180F\\u2065\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFF8\\x{E0000}-\\x{E0FFF}"
                    + "\\u2800\\x{16FE4}\\x{1D159}&&[^" + DRAWN_FORMAT.pattern() + "]]*");

    private UserText() {}

    /** One line as it is kept. */
    public static String line(String written) {
        return Normalizer.normalize(BIDI_CONTROL.matcher(written).replaceAll(""), Normalizer.Form.NFC);
    }

    /** Lines as they are kept; a line feed ends each, whatever their writer's system has. */
    public static String lines(String written) {
        return LINE_BREAK.matcher(line(written)).replaceAll("\n");
    }

    /** What can be kept of text that came in a message, which is not refused for what is no text in it. */
    public static String repaired(String received) {
        String text = NO_LINES.matcher(lines(received)).replaceAll("");
        return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
    }

    /** Whether nothing of it is seen. */
    public static boolean isBlank(String text) {
        return INVISIBLE.matcher(text).matches();
    }

    /** Whether it breaks a line or has other controls. */
    static boolean isNoLine(String text) {
        return NO_LINE.matcher(text).find();
    }

    /** Whether it has controls other than line feeds and tabs. */
    static boolean isNoLines(String text) {
        return NO_LINES.matcher(text).find();
    }

    /** Whether it can't be stored: PostgreSQL has no text with NUL, UTF-8 no halves of characters. */
    static boolean isNoText(String text) {
        return text.indexOf('\0') >= 0 || LONE_SURROGATE.matcher(text).find();
    }
}
