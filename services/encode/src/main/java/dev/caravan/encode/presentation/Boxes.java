package dev.caravan.encode.presentation;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The boxes that files of ISO/IEC 14496-12 (MP4, CMAF) consist of. */
final class Boxes {

    private static final int SHORT_HEADER = 8;

    private Boxes() {}

    /**
     * One box.
     *
     * @param type four characters
     * @param start of the whole box in what it is in
     * @param end of it
     * @param payload what is after its header
     */
    record Box(String type, int start, int end, ByteBuffer payload) {

        /** The boxes in it. */
        List<Box> children() {
            return Boxes.of(payload);
        }

        /** The first box in it of a type. */
        Box child(String childType) {
            return first(children(), childType);
        }
    }

    /**
     * The boxes of a file, or in a box.
     *
     * @throws BufferUnderflowException when the last one is cut off
     */
    static List<Box> of(ByteBuffer parent) {
        List<Box> boxes = new ArrayList<>();
        ByteBuffer buffer = parent.duplicate().position(0);
        while (buffer.hasRemaining()) {
            int start = buffer.position();
            long size = Integer.toUnsignedLong(buffer.getInt());
            byte[] type = new byte[4];
            buffer.get(type);
            int header = SHORT_HEADER;
            if (size == 1) {
                size = buffer.getLong();
                header += Long.BYTES;
            }
            if (size < header || size > parent.limit() - start) {
                throw new BufferUnderflowException();
            }
            boxes.add(new Box(
                    new String(type, StandardCharsets.ISO_8859_1),
                    start,
                    start + (int) size,
                    parent.slice(start + header, (int) size - header)));
            buffer.position(start + (int) size);
        }
        return boxes;
    }

    /** The first of a type; what is missing is as bad as what is cut off. */
    static Box first(List<Box> boxes, String type) {
        return boxes.stream()
                .filter(box -> box.type().equals(type))
                .findFirst()
                .orElseThrow(BufferUnderflowException::new);
    }
}
