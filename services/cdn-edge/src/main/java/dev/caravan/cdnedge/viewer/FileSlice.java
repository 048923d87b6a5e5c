package dev.caravan.cdnedge.viewer;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A body that is a part of a file.
 *
 * @param end the first byte that is not part of it
 */
public record FileSlice(Path file, long start, long end) {

    long length() {
        return end - start;
    }

    void writeTo(OutputStream stream) throws IOException {
        WritableByteChannel to = Channels.newChannel(stream);
        try (FileChannel from = FileChannel.open(file)) {
            long position = start;
            while (position < end) {
                long written = from.transferTo(position, end - position, to);
                if (written == 0) {
                    throw new EOFException(file + " is too short");
                }
                position += written;
            }
        }
    }
}
