package dev.caravan.encode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Puts into pictures what cameras and phones put there. */
public final class Photos {

    /** Of the maker; nothing that is served may hold it. */
    public static final String MAKER = "Kamera-7f3a";

    private static final int ENTRIES = 3;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int TEXT = 2;
    private static final int FRACTION = 5;

    private Photos() {}

    /** An EXIF block: orientation, maker, and N 48 51.5, E 2 17.7. */
    public static byte[] exif(int orientation, ByteOrder order) {
        int folder = 8;
        int gps = folder + 2 + 12 * ENTRIES + 4;
        int values = gps + 2 + 12 * 4 + 4;
        ByteBuffer tiff = ByteBuffer.allocate(values + 48 + MAKER.length() + 1).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        tiff.putShort((short) 42).putInt(folder);
        tiff.putShort((short) ENTRIES);
        entry(tiff, 0x010f, TEXT, MAKER.length() + 1).putInt(values + 48);
        entry(tiff, 0x0112, SHORT, 1).putShort((short) orientation).putShort((short) 0);
        entry(tiff, 0x8825, LONG, 1).putInt(gps);
        tiff.putInt(0);
        tiff.putShort((short) 4);
        entry(tiff, 1, TEXT, 2).put(new byte[] {'N', 0, 0, 0});
        entry(tiff, 2, FRACTION, 3).putInt(values);
        entry(tiff, 3, TEXT, 2).put(new byte[] {'E', 0, 0, 0});
        entry(tiff, 4, FRACTION, 3).putInt(values + 24);
        tiff.putInt(0);
        for (int number : new int[] {48, 1, 5150, 100, 0, 1, 2, 1, 1770, 100, 0, 1}) {
            tiff.putInt(number);
        }
        tiff.put((MAKER + "\0").getBytes(StandardCharsets.US_ASCII));
        return tiff.array();
    }

    private static ByteBuffer entry(ByteBuffer tiff, int tag, int type, int count) {
        return tiff.putShort((short) tag).putShort((short) type).putInt(count);
    }

    /** A JPEG with EXIF, a comment and a profile before its picture. */
    public static byte[] jpeg(byte[] jpeg, byte[] exif) {
        ByteArrayOutputStream photo = new ByteArrayOutputStream();
        photo.write(jpeg, 0, 2);
        segment(photo, 0xe1, concat("http://ns.adobe.com/xap/1.0/\0<x>" + MAKER + "</x>", new byte[0]));
        segment(photo, 0xe1, concat("Exif\0\0", exif));
        segment(photo, 0xe2, concat("ICC_PROFILE\0\u0001\u0001" + MAKER, new byte[128]));
        segment(photo, 0xfe, concat(MAKER, new byte[0]));
        photo.write(jpeg, 2, jpeg.length - 2);
        return photo.toByteArray();
    }

    private static void segment(ByteArrayOutputStream photo, int marker, byte[] content) {
        photo.write(0xff);
        photo.write(marker);
        photo.write((content.length + 2) >> 8);
        photo.write((content.length + 2) & 0xff);
        photo.writeBytes(content);
    }

    /** A PNG with EXIF and text behind its header. */
    public static byte[] png(byte[] png, byte[] exif) {
        int header = 8 + 25;
        ByteArrayOutputStream photo = new ByteArrayOutputStream();
        photo.write(png, 0, header);
        chunk(photo, concat("eXIf", exif));
        chunk(photo, concat("tEXtAuthor\0" + MAKER, new byte[0]));
        photo.write(png, header, png.length - header);
        return photo.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream photo, byte[] nameAndContent) {
        CRC32 sum = new CRC32();
        sum.update(nameAndContent);
        photo.writeBytes(
                ByteBuffer.allocate(4).putInt(nameAndContent.length - 4).array());
        photo.writeBytes(nameAndContent);
        photo.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    /** A WebP with EXIF, made of one without. */
    public static byte[] webp(byte[] webp, int width, int height, byte[] exif) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.writeBytes("WEBPVP8X".getBytes(StandardCharsets.US_ASCII));
        chunks.writeBytes(new byte[] {10, 0, 0, 0, 0x08, 0, 0, 0});
        chunks.writeBytes(new byte[] {(byte) (width - 1), (byte) ((width - 1) >> 8), 0});
        chunks.writeBytes(new byte[] {(byte) (height - 1), (byte) ((height - 1) >> 8), 0});
        chunks.write(webp, 12, webp.length - 12);
        chunks.writeBytes("EXIF".getBytes(StandardCharsets.US_ASCII));
        chunks.writeBytes(little(exif.length));
        chunks.writeBytes(exif);
        chunks.writeBytes(new byte[exif.length % 2]);
        return concat("RIFF", concat(little(chunks.size()), chunks.toByteArray()));
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    private static byte[] concat(String text, byte[] bytes) {
        return concat(text.getBytes(StandardCharsets.ISO_8859_1), bytes);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
