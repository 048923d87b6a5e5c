package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/**
 * A fraction as ffmpeg writes it: frames a second ({@code 30000/1001}) or a pixel's shape ({@code 16:11}).
 *
 * @param num positive
 * @param den positive
 */
public record Ratio(long num, long den) {

    /** 1/1. */
    public static final Ratio ONE = new Ratio(1, 1);

    /** Reads {@code a/b} or {@code a:b}; null when it is no positive number, as in {@code 0/0}. */
    public static @Nullable Ratio parse(String text) {
        String[] parts = text.split("[/:]", -1);
        try {
            Ratio ratio = new Ratio(Long.parseLong(parts[0]), parts.length > 1 ? Long.parseLong(parts[1]) : 1);
            return parts.length <= 2 && ratio.num > 0 && ratio.den > 0 ? ratio : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Its value. */
    public double value() {
        return (double) num / den;
    }

    @Override
    public String toString() {
        return den == 1 ? Long.toString(num) : num + "/" + den;
    }
}
