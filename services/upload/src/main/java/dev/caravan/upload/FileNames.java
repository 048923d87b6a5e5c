package dev.caravan.upload;

import dev.caravan.kernel.UserText;
import dev.caravan.kernel.VideoText;
import java.util.regex.Pattern;

/** What files are called where they come from. */
public final class FileNames {

    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");

    private FileNames() {}

    /** A title for a video of which nothing is known but the name of its file. */
    public static String title(String file) {
        return ENDING.matcher(file).replaceFirst("");
    }

    /**
     * As {@link #title} of a file that anyone may have named: one line, not too long for a title.
     *
     * @param otherwise what it is when nothing of the name is seen
     */
    public static String titleOr(String otherwise, String file) {
        String title = title(UserText.repaired(file).replace('\n', ' '));
        int end =
                title.offsetByCodePoints(0, Math.min(VideoText.LONGEST_TITLE, title.codePointCount(0, title.length())));
        return UserText.isBlank(title) ? otherwise : title.substring(0, end);
    }
}
