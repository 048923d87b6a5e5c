package dev.caravan.routelaw;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects what the rules find, in the order of files and lines. */
public final class Findings {

    private final SortedSet<Violation> violations = new TreeSet<>();

    public void add(String file, int line, String what, String mend) {
        violations.add(new Violation(file, line, what, mend));
    }

    public List<Violation> all() {
        return List.copyOf(violations);
    }
}
