package dev.caravan.encode.presentation;

import dev.caravan.encode.presentation.Boxes.Box;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a player finds in a segment: fragments, each a {@code moof} that describes the samples and an {@code mdat} that
 * holds them.
 *
 * @param samples pictures, or packets of sound; at least one
 * @param start when the first is shown, in ticks of its track, edits not counted
 * @param end when the last was shown
 */
record MediaSegment(int samples, long start, long end) {

    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_FLAGS = 0x4;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int SHOWN_LATER = 0x800;

    /** @throws dev.caravan.kernel.Fault when it is missing or no player could read it */
    static MediaSegment read(OutputFolder folder, String name, InitSegment init) throws IOException {
        ByteBuffer file = folder.read(name);
        try {
            Samples samples = new Samples(file, init);
            Box moof = null;
            for (Box box : Boxes.of(file)) {
                if (box.type().equals("moof")) {
                    moof = box;
                } else if (box.type().equals("mdat")) {
                    if (moof == null) {
                        throw new BufferUnderflowException();
                    }
                    samples.add(moof, box);
                    moof = null;
                }
            }
            if (samples.number == 0 || moof != null) {
                throw Unplayable.because("%s holds nothing", name);
            }
            return new MediaSegment(samples.number, samples.start, samples.end);
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | ArithmeticException e) {
            throw Unplayable.because("%s is cut off or cannot be read", name);
        }
    }

    /** Adds fragment after fragment up. */
    private static final class Samples {

        private final ByteBuffer file;
        private final InitSegment init;
        private int number;
        private long start = Long.MAX_VALUE;
        private long end;

        Samples(ByteBuffer file, InitSegment init) {
            this.file = file;
            this.init = init;
        }

        void add(Box moof, Box mdat) {
            Box fragment = moof.child("traf");
            ByteBuffer header = fragment.child("tfhd").payload();
            int flags = header.getInt() & 0xffffff;
            header.getInt();
            skip(header, flags, 0x1, Long.BYTES);
            skip(header, flags, 0x2, Integer.BYTES);
            long duration = (flags & 0x8) == 0 ? init.sampleDuration() : unsigned(header);
            long size = (flags & 0x10) == 0 ? init.sampleSize() : unsigned(header);
            ByteBuffer base = fragment.child("tfdt").payload();
            long time = base.get(0) == 1 ? base.getLong(4) : Integer.toUnsignedLong(base.getInt(4));
            int data = mdat.end() - mdat.payload().limit();
            List<Box> runs = fragment.children().stream()
                    .filter(box -> box.type().equals("trun"))
                    .toList();
            for (Box run : runs) {
                ByteBuffer entries = run.payload();
                int has = entries.getInt() & 0xffffff;
                int count = entries.getInt();
                if ((has & DATA_OFFSET) != 0 && entries.getInt() != data - moof.start()) {
                    throw new BufferUnderflowException();
                }
                skip(entries, has, FIRST_FLAGS, Integer.BYTES);
                for (int i = 0; i < count; i++) {
                    long own = (has & DURATION) == 0 ? duration : unsigned(entries);
                    int bytes = Math.toIntExact((has & SIZE) == 0 ? size : unsigned(entries));
                    skip(entries, has, FLAGS, Integer.BYTES);
                    long shown = time + ((has & SHOWN_LATER) == 0 ? 0 : entries.getInt());
                    start = Math.min(start, shown);
                    end = Math.max(end, shown + own);
                    time += own;
                    if (bytes < 1) {
                        throw new BufferUnderflowException();
                    }
                    checkUnits(data, bytes);
                    data = Math.addExact(data, bytes);
                    number++;
                }
            }
            if (data != mdat.end()) {
                throw new BufferUnderflowException();
            }
        }

        /** A picture is NAL units, each after its length, to the last byte. */
        private void checkUnits(int from, int bytes) {
            int length = init.unitLength();
            int at = from;
            int until = Math.addExact(from, bytes);
            while (length > 0 && at < until) {
                long unit = 0;
                for (int i = 0; i < length; i++) {
                    unit = unit << Byte.SIZE | Byte.toUnsignedInt(file.get(at++));
                }
                if (unit < 1 || unit > until - at || file.get(at) < 0) {
                    throw new BufferUnderflowException();
                }
                at += (int) unit;
            }
        }

        private static void skip(ByteBuffer buffer, int flags, int flag, int bytes) {
            if ((flags & flag) != 0) {
                buffer.position(Math.addExact(buffer.position(), bytes));
            }
        }

        private static long unsigned(ByteBuffer buffer) {
            return Integer.toUnsignedLong(buffer.getInt());
        }
    }
}
