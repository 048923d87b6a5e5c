package dev.caravan.encode.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first picture of an animated WebP file, which ffmpeg does not read, as a file of its own, which it does.
 *
 * @param still the file
 * @param canvas what it stands on
 */
record WebpAnimation(byte[] still, Canvas canvas) {

    private static final int FILE_HEADER = 12;
    /** Of a frame: where it is, its size, its time. */
    private static final int FRAME_HEADER = 16;

    private static final Set<String> PICTURE = Set.of("ALPH", "VP8 ", "VP8L");
    private static final byte HAS_ALPHA = 0x10;

    /** Empty for a file that is no animation. */
    static Optional<WebpAnimation> read(byte[] file) {
        return WebpChunk.all(file, FILE_HEADER, file.length)
                .filter(chunk -> chunk.name().equals("ANMF") && chunk.end() - chunk.begin() > FRAME_HEADER)
                .findFirst()
                .map(frame -> new WebpAnimation(still(file, frame), canvas(file, frame)));
    }

    /** From the header of the file, where it has one. */
    private static Canvas canvas(byte[] file, WebpChunk frame) {
        int left = 2 * number(file, frame.begin());
        int top = 2 * number(file, frame.begin() + 3);
        int right = left + number(file, frame.begin() + 6) + 1;
        int bottom = top + number(file, frame.begin() + 9) + 1;
        boolean told = PictureType.isAt(file, FILE_HEADER, "VP8X");
        return new Canvas(
                Math.max(right, told ? number(file, FILE_HEADER + 12) + 1 : 0),
                Math.max(bottom, told ? number(file, FILE_HEADER + 15) + 1 : 0),
                left,
                top);
    }

    /** Of three bytes, the least first. */
    private static int number(byte[] file, int offset) {
        return file[offset] & 0xff | (file[offset + 1] & 0xff) << 8 | (file[offset + 2] & 0xff) << 16;
    }

    private static byte[] still(byte[] file, WebpChunk frame) {
        List<WebpChunk> picture = WebpChunk.all(file, frame.begin() + FRAME_HEADER, frame.end())
                .filter(chunk -> PICTURE.contains(chunk.name()))
                .toList();
        boolean alpha = picture.stream().anyMatch(chunk -> chunk.name().equals("ALPH"));
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.writeBytes("VP8X".getBytes(StandardCharsets.ISO_8859_1));
        // 10 bytes: flags, three that are nothing, width and height less one as the frame has them.
        chunks.writeBytes(new byte[] {10, 0, 0, 0, alpha ? HAS_ALPHA : 0, 0, 0, 0});
        chunks.write(file, frame.begin() + 6, 6);
        for (WebpChunk chunk : picture) {
            chunks.write(file, chunk.start(), chunk.end() - chunk.start());
            if ((chunk.end() - chunk.begin()) % 2 != 0) {
                chunks.write(0);
            }
        }
        ByteBuffer still = ByteBuffer.allocate(FILE_HEADER + chunks.size()).order(ByteOrder.LITTLE_ENDIAN);
        still.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(4 + chunks.size());
        still.put("WEBP".getBytes(StandardCharsets.ISO_8859_1)).put(chunks.toByteArray());
        return still.array();
    }
}
