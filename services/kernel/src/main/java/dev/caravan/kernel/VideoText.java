package dev.caravan.kernel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person says about a video: a title, which is one line, a description, and who may see it. */
public final class VideoText {

    /** Code points. */
    public static final int LONGEST_TITLE = 255;

    /** Code points. */
    public static final int LONGEST_DESCRIPTION = 5000;

    /** Code points, of four bytes at most. */
    private static final int LONGEST_FILE_NAME = 60;

    /** Seen by its owner, administrators and who has a link of his. */
    public static final String PRIVATE = "private";

    /** Who may see a video: everybody, who has its address, or who is named or has a link. */
    public static final List<String> VISIBILITIES = List.of("public", "unlisted", PRIVATE);

    private VideoText() {}

    /** A title as it is kept. */
    public static String title(String written) {
        return UserText.line(written);
    }

    /** A description as it is kept. */
    public static String description(String written) {
        return UserText.lines(written);
    }

    /** How a file of a video is called: for every file system, and not too long for any. */
    public static String fileName(String title, String suffix) {
        String plain = title.replaceAll("[\\p{Cntrl}\\p{Cf}\"*/:<>?\\\\|]", " ").replaceAll("\\s+", " ");
        String named = plain.codePoints()
                .limit(LONGEST_FILE_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll("^[. ]+|[. ]+$", "");
        return (named.isEmpty() ? "video" : named) + suffix;
    }

    /** A Content-Disposition for who reads either of its names (RFC 6266): curl knows the plain one alone. */
    public static String attachment(String fileName) {
        String plain = Normalizer.normalize(fileName, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^ -~]+", "_");
        String encoded = URLEncoder.encode(fileName, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    /** Of both as they are kept: both are required. */
    public static FieldErrors check(FieldErrors errors, @Nullable String title, @Nullable String description) {
        errors.required("title", title).required("description", description);
        return checkPresent(errors, title, description);
    }

    /** As {@link #check}, but silent on what is missing. */
    public static FieldErrors checkPresent(FieldErrors errors, @Nullable String title, @Nullable String description) {
        return errors.length("title", title, 1, LONGEST_TITLE)
                .line("title", title)
                .length("description", description, 1, LONGEST_DESCRIPTION)
                .lines("description", description);
    }
}
