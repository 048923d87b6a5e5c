package dev.caravan.encode.media;

/**
 * From when to when something is there.
 *
 * @param start seconds
 * @param end seconds, not before {@code start}
 */
public record Span(double start, double end) {

    /** Seconds. */
    public double length() {
        return end - start;
    }

    Span earlierBy(double seconds) {
        return new Span(start - seconds, end - seconds);
    }
}
