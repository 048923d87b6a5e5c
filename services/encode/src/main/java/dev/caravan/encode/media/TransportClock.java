package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.List;

/**
 * When a transport stream lacks so much that ffmpeg takes it for another one and goes on: by the clock of its first program,
 * which goes on while nothing is recorded. Where a file begins with its list of programs nothing is missing, nor where the
 * stream itself says that the clock is another one.
 */
final class TransportClock {

    private static final int ADAPTATION = 0x20;
    private static final int OTHER_CLOCK = 0x80;
    private static final int HAS_CLOCK = 0x10;
    private static final long TICKS = 90_000;
    private static final long RANGE = 1L << 33;
    /** From here on ffmpeg does not wait. */
    private static final double LEAST = 10;
    /** More is another recording. */
    private static final double MOST = 3600;
    /** Packets from a list of programs to the clock, in the beginning of a file. */
    private static final int NEAR = 4;

    private final List<Span> holes = new ArrayList<>();
    private int pid = -1;
    private long last = -1;
    private double elapsed;
    private int sinceList = NEAR;

    /** What is missing, each in the time that comes of the rest. */
    List<Span> holes() {
        return holes;
    }

    /** Reads a packet. */
    void accept(byte[] bytes, int at) {
        int track = (bytes[at + 1] & 0x1f) << 8 | bytes[at + 2] & 0xff;
        sinceList = track == 0 ? 0 : sinceList + 1;
        boolean ticks = (bytes[at + 3] & ADAPTATION) != 0
                && (bytes[at + 4] & 0xff) >= 7
                && (bytes[at + 5] & HAS_CLOCK) != 0
                && (pid < 0 || pid == track);
        if (!ticks) {
            return;
        }
        long clock = 0;
        for (int i = 6; i < 10; i++) {
            clock = clock << 8 | bytes[at + i] & 0xff;
        }
        clock = clock << 1 | (bytes[at + 10] & 0xff) >> 7;
        if (pid == track) {
            double step = (double) Math.floorMod(clock - last, RANGE) / TICKS;
            boolean told = (bytes[at + 5] & OTHER_CLOCK) != 0;
            if (step < LEAST) {
                elapsed += step;
            } else if (step < MOST && !told && sinceList >= NEAR) {
                holes.add(new Span(elapsed, elapsed + step));
            }
        }
        pid = track;
        last = clock;
    }
}
