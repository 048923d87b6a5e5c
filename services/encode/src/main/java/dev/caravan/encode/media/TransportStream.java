package dev.caravan.encode.media;

import java.io.IOException;
import java.io.RandomAccessFile;

/** A transport stream, packet by packet: its tables and its clock. */
final class TransportStream {

    /** From packet to packet: Blu-ray puts times between them, and some broadcasts what mends them. */
    private static final int[] STEPS = {188, 192, 204};
    /** So many at the same distance are no accident. */
    private static final int SURE = 5;

    private static final int MOST_BEFORE = 1 << 14;
    private static final int SYNC = 0x47;

    private final TransportTables tables = new TransportTables();
    private final TransportClock clock = new TransportClock();
    private final Window window;

    private TransportStream(RandomAccessFile file) {
        this.window = new Window(file);
    }

    static TransportStream read(RandomAccessFile file) throws IOException {
        TransportStream stream = new TransportStream(file);
        int step = stream.step();
        if (step > 0) {
            stream.walk(step);
        }
        return stream;
    }

    TransportTables tables() {
        return tables;
    }

    TransportClock clock() {
        return clock;
    }

    private void walk(int step) throws IOException {
        long at = 0;
        for (int found; (found = window.find(at, TransportTables.PACKET)) >= 0; ) {
            if (window.bytes()[found] == SYNC) {
                tables.accept(at, window.bytes(), found);
                clock.accept(window.bytes(), found);
                at += step;
            } else {
                at++;
            }
        }
    }

    /** 0 when there is none. */
    private int step() throws IOException {
        for (int at = 0; at < MOST_BEFORE; at++) {
            for (int step : STEPS) {
                int found = window.find(at, SURE * step);
                boolean is = found >= 0;
                for (int i = 0; is && i < SURE; i++) {
                    is = window.bytes()[found + i * step] == SYNC;
                }
                if (is) {
                    return step;
                }
            }
        }
        return 0;
    }
}
