package dev.caravan.routelaw;

import java.util.Comparator;

/**
 * One place where the law is broken.
 *
 * @param file from the project's root, with slashes
 * @param line from 1
 * @param what is wrong, without a full stop
 * @param mend how to mend it, one sentence with its full stop
 */
public record Violation(String file, int line, String what, String mend) implements Comparable<Violation> {

    private static final Comparator<Violation> ORDER = Comparator.comparing(Violation::file)
            .thenComparingInt(Violation::line)
            .thenComparing(Violation::what);

    @Override
    public int compareTo(Violation other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line + ": " + what + ". To mend: " + mend;
    }
}
