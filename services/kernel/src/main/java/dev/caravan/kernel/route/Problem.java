package dev.caravan.kernel.route;

import java.util.List;
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

    private static final Pattern NO_COMPONENT = Pattern.compile("^No endpoint could be found for: ([\\w-]+):");
    /** The service whose components are its users'. */
    private static final String CONNECTORS = "connectors";

    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)|\\.yaml:(\\d+)");
    /** Where Camel names a piece of the file instead of its line; the more telling first. */
    private static final List<Pattern> QUOTED = List.of(
            Pattern.compile("parameters=\\[\\{([\\w-]+)"),
            Pattern.compile("registry for: ([\\w-]+)"),
            Pattern.compile("://([\\w-]+)"));

    /**
     * The innermost cause says what; the line is its own, or that of the text it complains about, or the first.
     *
     * @param service whose file it is
     */
    static Problem of(Throwable failure, String text, String service) {
        Throwable innermost = failure;
        int line = 0;
        for (Throwable cause = failure; cause != null && cause != cause.getCause(); cause = cause.getCause()) {
            innermost = cause;
            int said = lineIn(cause.getMessage());
            line = said > 0 ? said : line;
        }
        String reason = String.valueOf(innermost.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
        return new Problem(line > 0 ? line : lineOfQuoted(reason, text), inWords(reason, service));
    }

    private static String inWords(String reason, String service) {
        Matcher scheme = NO_COMPONENT.matcher(reason);
        if (!scheme.find()) {
            return reason;
        }
        String missing = "there is no component `" + scheme.group(1) + "` here";
        return service.equals(CONNECTORS)
                ? missing + ": ./caravan add " + scheme.group(1)
                : missing + ", but there may be in the service connectors: ./caravan components";
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
        return QUOTED.stream()
                .map(pattern -> pattern.matcher(reason))
                .filter(Matcher::find)
                .mapToInt(matcher -> text.indexOf(matcher.group(1)))
                .filter(at -> at >= 0)
                .map(at -> 1
                        + (int) text.chars()
                                .limit(at)
                                .filter(character -> character == '\n')
                                .count())
                .findFirst()
                .orElse(1);
    }
}
