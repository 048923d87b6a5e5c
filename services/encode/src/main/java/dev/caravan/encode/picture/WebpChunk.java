package dev.caravan.encode.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A part of a WebP file.
 *
 * @param name of four letters
 * @param start offset of its name
 * @param begin offset of what is in it
 * @param end offset behind what is in it
 */
record WebpChunk(String name, int start, int begin, int end) {

    private static final int HEADER = 8;

    /** The parts between two offsets, in their order; one that is cut off ends them. */
    static Stream<WebpChunk> all(byte[] file, int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        Iterator<WebpChunk> chunks = new Iterator<>() {

            private int position = from;

            @Override
            public boolean hasNext() {
                if (position > to - HEADER) {
                    return false;
                }
                int length = bytes.getInt(position + 4);
                return length >= 0 && length <= to - position - HEADER;
            }

            @Override
            public WebpChunk next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int length = bytes.getInt(position + 4);
                int begin = position + HEADER;
                WebpChunk chunk = new WebpChunk(
                        new String(file, position, 4, StandardCharsets.ISO_8859_1), position, begin, begin + length);
                // To an even offset, as RIFF has it.
                position = begin + length + length % 2;
                return chunk;
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(chunks, 0), false);
    }
}
