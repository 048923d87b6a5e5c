package dev.caravan.encode.presentation;

import dev.caravan.encode.presentation.Boxes.Box;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a player learns before the first segment of a track.
 *
 * @param timescale ticks a second
 * @param edit ticks of the segments that come before the beginning of the presentation
 * @param codec the four characters of the sample entry, such as {@code avc1}
 * @param width of the picture; 0 of a sound
 * @param height of the picture; 0 of a sound
 * @param unitLength bytes that the length of a NAL unit takes; 0 where samples have none
 * @param sampleDuration ticks, where a segment does not say
 * @param sampleSize bytes, where a segment does not say
 */
record InitSegment(
        long timescale,
        long edit,
        String codec,
        int width,
        int height,
        int unitLength,
        long sampleDuration,
        long sampleSize) {

    /** Of a visual sample entry: where its size is, and where boxes begin. */
    private static final int SIZE_OF_PICTURE = 24;

    private static final int END_OF_PICTURE = 78;

    /** @throws dev.caravan.kernel.Fault when it is missing or no player could read it */
    static InitSegment read(OutputFolder folder, String name) throws IOException {
        ByteBuffer file = folder.read(name);
        try {
            Box movie = Boxes.first(Boxes.of(file), "moov");
            Box track = movie.child("trak");
            Box media = track.child("mdia");
            Box entry = sampleEntry(media);
            ByteBuffer defaults = movie.child("mvex").child("trex").payload();
            boolean picture = entry.type().startsWith("avc");
            ByteBuffer payload = entry.payload();
            return new InitSegment(
                    timescale(media.child("mdhd").payload()),
                    edit(track),
                    entry.type(),
                    picture ? Short.toUnsignedInt(payload.getShort(SIZE_OF_PICTURE)) : 0,
                    picture ? Short.toUnsignedInt(payload.getShort(SIZE_OF_PICTURE + Short.BYTES)) : 0,
                    picture ? unitLength(payload) : 0,
                    Integer.toUnsignedLong(defaults.getInt(12)),
                    Integer.toUnsignedLong(defaults.getInt(16)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw Unplayable.because("%s cannot be read", name);
        }
    }

    private static Box sampleEntry(Box media) {
        ByteBuffer descriptions =
                media.child("minf").child("stbl").child("stsd").payload();
        // After version, flags and the number of entries.
        ByteBuffer entries = descriptions.slice(8, descriptions.limit() - 8);
        return Boxes.of(entries).stream().findFirst().orElseThrow(BufferUnderflowException::new);
    }

    private static long timescale(ByteBuffer header) {
        return Integer.toUnsignedLong(header.getInt(header.get(0) == 1 ? 20 : 12));
    }

    /** The time in the track of the first edit that shows anything. */
    private static long edit(Box track) {
        List<Box> edits = track.children().stream()
                .filter(box -> box.type().equals("edts"))
                .toList();
        if (edits.isEmpty()) {
            return 0;
        }
        ByteBuffer list = edits.get(0).child("elst").payload();
        boolean wide = list.get(0) == 1;
        int entry = wide ? 20 : 12;
        for (int i = 0; i < list.getInt(4); i++) {
            int at = 8 + i * entry;
            long time = wide ? list.getLong(at + 8) : list.getInt(at + 4);
            if (time >= 0) {
                return time;
            }
        }
        return 0;
    }

    private static int unitLength(ByteBuffer entry) {
        ByteBuffer boxes = entry.slice(END_OF_PICTURE, entry.limit() - END_OF_PICTURE);
        return (Boxes.first(Boxes.of(boxes), "avcC").payload().get(4) & 3) + 1;
    }
}
