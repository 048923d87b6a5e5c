package dev.caravan.kernel.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a route file.
 *
 * @param line of the file, from 1
 * @param reason one line of text
 */
record Problem(int line, String reason) {

    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)|\\.yaml:(\\d+)");
    private static final Pattern QUOTED =
            Pattern.compile("(?:parameters=\\[\\{|//|unknown node id: |ref |bean: |id: )(\\w[\\w-]*)");

    /** The innermost cause says what; the line is its own, or that of the text it complains about, or the first. */
    static Problem of(Throwable failure, String text) {
        Throwable innermost = failure;
        int line = 0;
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            innermost = cause;
            int said = lineIn(cause.getMessage());
            line = said > 0 ? said : line;
        }
        String reason = String.valueOf(innermost.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
        return new Problem(line > 0 ? line : lineOfQuoted(reason, text), reason);
    }

    private static int lineIn(@Nullable String message) {
        Matcher matcher = LINE.matcher(message == null ? "" : message);
        int line = 0;
        while (matcher.find()) {
            line = Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return line;
    }

    private static int lineOfQuoted(String reason, String text) {
        Matcher matcher = QUOTED.matcher(reason);
        while (matcher.find()) {
            int at = text.indexOf(matcher.group(1));
            if (at >= 0) {
                return (int) text.substring(0, at).lines().count() + (text.startsWith("\n", at - 1) ? 1 : 0);
            }
        }
        return 1;
    }
}
