package dev.caravan.encode.encoder;

import dev.caravan.encode.media.Refusal;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** How large a picture is that ffmpeg made of a stranger's: the first numbers of the file, and no more of it. */
record PngSize(int width, int height) {

    private static final int BEFORE = 16;
    private static final int LARGEST = 1 << 15;

    static boolean isThere(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > BEFORE + 8;
    }

    /** @throws dev.caravan.kernel.Fault when it is no picture */
    static PngSize of(Path file) throws IOException {
        if (!isThere(file)) {
            throw Refusal.NO_PICTURE.fault();
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
            in.skipNBytes(BEFORE);
            PngSize size = new PngSize(in.readInt(), in.readInt());
            if (size.width < 1 || size.height < 1 || size.width > LARGEST || size.height > LARGEST) {
                throw Refusal.NO_PICTURE.fault();
            }
            return size;
        }
    }
}
