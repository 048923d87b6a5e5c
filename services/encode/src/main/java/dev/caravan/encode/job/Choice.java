package dev.caravan.encode.job;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The picture that an owner chose for his video since he uploaded it.
 *
 * @param number how many times he chose; 0 for the picture that came with the upload
 * @param picture a file as it came, so for the jail alone; null for none
 * @param second of the video; null for none. Without either the video's own picture is shown.
 */
public record Choice(
        int number, byte @Nullable [] picture, @Nullable Double second) {

    /** No other than what came with the upload. */
    public static final Choice NONE = new Choice(0, null, null);

    /** Reads it from the row of a job. */
    public static Choice read(Map<?, ?> row) {
        return new Choice(
                ((Number) Objects.requireNonNull(row.get("picture_number"))).intValue(),
                (byte[]) row.get("picture"),
                (Double) row.get("picture_second"));
    }

    /** Whether it is in the place of the one that came with the upload. */
    public boolean isMade() {
        return number > 0;
    }

    /** What the names of the files begin with that are made of it. No two are alike, as such files are cached for ever. */
    public String stem() {
        return stem(number);
    }

    /** The same, of another one. */
    public static String stem(int number) {
        return number == 0 ? "thumbnail-" : "picture-" + number + "-";
    }
}
