package dev.caravan.components;

import java.util.regex.Pattern;

/** The order of versions such as 4.17.0, 4.1.140.Final and 2.0.0-M4. */
public final class Versions {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Versions() {}

    /** @param range from..before */
    public static boolean isIn(String version, String range) {
        String[] ends = range.split("\\.\\.", 2);
        return compare(version, ends[0]) >= 0 && compare(version, ends[1]) < 0;
    }

    private static int compare(String one, String other) {
        String[] left = parts(one);
        String[] right = parts(other);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = comparePart(i < left.length ? left[i] : "0", i < right.length ? right[i] : "0");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static String[] parts(String version) {
        return version.replaceFirst("(?i)[.-](final|release|ga|jre|android)$", "")
                .replaceAll("(?<=[A-Za-z])(?=\\d)", ".")
                .split("[.-]");
    }

    /** What has letters is before a release. */
    private static int comparePart(String left, String right) {
        boolean leftNumber = NUMBER.matcher(left).matches();
        boolean rightNumber = NUMBER.matcher(right).matches();
        if (leftNumber && rightNumber) {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        }
        return leftNumber == rightNumber ? left.compareToIgnoreCase(right) : leftNumber ? 1 : -1;
    }
}
