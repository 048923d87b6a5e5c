package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Of HTTP's {@code If-Match} (RFC 9110, 13.1.1) the revisions that it names. */
final class EntityTags {

    private static final int LONGEST = 500;
    private static final Pattern TAG =
            Pattern.compile("\\s*(?<weak>W/)?\"(?<opaque>[\\x21\\x23-\\x7E\\x80-\\xFF]*)\"\\s*(,|$)");
    private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,8}");

    private EntityTags() {}

    /**
     * @return an array of PostgreSQL, of which one has to be the video's; null for any, as {@code *} says. A weak tag, and
     *     one that we did not make, names none.
     */
    static @Nullable String revisions(String ifMatch, FieldErrors errors) {
        if (ifMatch.strip().equals("*")) {
            return null;
        }
        List<String> revisions = new ArrayList<>();
        Matcher tag = TAG.matcher(ifMatch);
        int read = 0;
        while (read < ifMatch.length() && ifMatch.length() <= LONGEST && tag.find(read) && tag.start() == read) {
            read = tag.end();
            if (tag.group("weak") == null
                    && REVISION.matcher(tag.group("opaque")).matches()) {
                revisions.add(tag.group("opaque"));
            }
        }
        if (read < ifMatch.length() || ifMatch.isBlank()) {
            errors.add("If-Match", "If-Match must be * or the ETag of an answer");
        }
        return "{" + String.join(",", revisions) + "}";
    }
}
