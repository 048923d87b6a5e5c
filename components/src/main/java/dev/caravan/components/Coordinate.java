package dev.caravan.components;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A library in a Maven repository. */
record Coordinate(String group, String artifact, String version) implements Comparable<Coordinate> {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_.-]+):([A-Za-z0-9_.-]+):([A-Za-z0-9_.+-]+)");

    /**
     * From {@code group:artifact:version}.
     *
     * @throws UsageException when it is not of that form
     */
    static Coordinate parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new UsageException(text + " is no group:artifact:version.");
        }
        return new Coordinate(parts.group(1), parts.group(2), parts.group(3));
    }

    @Override
    public int compareTo(Coordinate other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
