package dev.caravan.videocatalog.message;

import java.util.regex.Pattern;

/** The id that the upload gave a video. It becomes a part of S3 keys and URLs. */
public final class VideoId {

    /** As a part of a pattern. */
    public static final String PATTERN = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";

    private static final Pattern ALONE = Pattern.compile(PATTERN);

    private VideoId() {}

    public static boolean isOne(String text) {
        return ALONE.matcher(text).matches();
    }
}
