package dev.caravan.encode.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * How a camera was held: what has to be done to a picture to see it upright. It is read here because versions of ffmpeg
 * differ in the kinds of files in which they find it, and by hand because it takes one number, where a library would read,
 * unpack and keep whatever else a stranger put beside it.
 */
enum Orientation {
    UPRIGHT(List.of()),
    MIRRORED(List.of("hflip")),
    UPSIDE_DOWN(List.of("hflip", "vflip")),
    UPSIDE_DOWN_MIRRORED(List.of("vflip")),
    ON_ITS_LEFT_MIRRORED(List.of("transpose=cclock_flip")),
    ON_ITS_LEFT(List.of("transpose=clock")),
    ON_ITS_RIGHT_MIRRORED(List.of("transpose=clock_flip")),
    ON_ITS_RIGHT(List.of("transpose=cclock"));

    private static final String EXIF = "Exif\0\0";
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    private final List<String> filters;

    Orientation(List<String> filters) {
        this.filters = filters;
    }

    /** ffmpeg's filters that make the picture upright. */
    List<String> filters() {
        return filters;
    }

    /** Whether width and height change places. */
    boolean isOnItsSide() {
        return ordinal() >= ON_ITS_LEFT_MIRRORED.ordinal();
    }

    /** What the file says in EXIF; upright when it says nothing that can be understood. */
    static Orientation of(PictureType type, byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int value =
                switch (type) {
                    case JPEG -> inJpeg(bytes);
                    case PNG -> inPng(bytes);
                    case WEBP -> inWebp(bytes);
                    case GIF -> 1;
                };
        return values()[value - 1];
    }

    /** In the first of the segments before the picture that is EXIF. */
    private static int inJpeg(ByteBuffer file) {
        int position = 2;
        while (position + 4 <= file.limit() && (file.get(position) & 0xff) == 0xff) {
            int marker = file.get(position + 1) & 0xff;
            if (marker == 0xff) {
                position++;
                continue;
            }
            int length = file.getShort(position + 2) & 0xffff;
            if (marker == 0xda || marker == 0xd9 || length < 2) {
                return 1;
            }
            int end = Math.min(file.limit(), position + 2 + length);
            if (marker == 0xe1 && PictureType.isAt(file.array(), position + 4, EXIF)) {
                return inExif(file, position + 4, end);
            }
            position = position + 2 + length;
        }
        return 1;
    }

    private static int inPng(ByteBuffer file) {
        int position = 8;
        while (position + 12 <= file.limit()) {
            int length = file.getInt(position);
            if (length < 0 || length > file.limit() - position - 12) {
                return 1;
            }
            if (PictureType.isAt(file.array(), position + 4, "eXIf")) {
                return inExif(file, position + 8, position + 8 + length);
            }
            position += 12 + length;
        }
        return 1;
    }

    private static int inWebp(ByteBuffer file) {
        Optional<WebpChunk> exif = WebpChunk.all(file.array(), 12, file.limit())
                .filter(chunk -> chunk.name().equals("EXIF"))
                .findFirst();
        return exif.map(chunk -> inExif(file, chunk.begin(), chunk.end())).orElse(1);
    }

    /** In the first folder of a TIFF file, which is what EXIF is, with or without its name before it. */
    private static int inExif(ByteBuffer file, int begin, int end) {
        int start = PictureType.isAt(file.array(), begin, EXIF) ? begin + EXIF.length() : begin;
        if (end - start < 8) {
            return 1;
        }
        ByteBuffer tiff = file.duplicate().limit(end).position(start).slice();
        if (tiff.get(0) != tiff.get(1) || (tiff.get(0) != 'I' && tiff.get(0) != 'M')) {
            return 1;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int folder = tiff.getInt(4);
        if (folder < 0 || folder > tiff.limit() - 2) {
            return 1;
        }
        int entries = tiff.getShort(folder) & 0xffff;
        for (int entry = folder + 2; entries > 0 && entry <= tiff.limit() - ENTRY; entry += ENTRY, entries--) {
            if ((tiff.getShort(entry) & 0xffff) == TAG && tiff.getShort(entry + 2) == SHORT) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= values().length ? value : 1;
            }
        }
        return 1;
    }
}
