package dev.caravan.encode.media;

import java.util.Set;

/**
 * How the numbers of a picture of standard dynamic range stand for colours, in ffmpeg's names, before and after
 * encoding. What is encoded always says it: a player that has to guess guesses by the size, and sizes differ.
 *
 * @param read the matrix that the picture is read by; {@code auto} when it says so itself
 * @param matrix of what is encoded
 * @param primaries of both
 * @param transfer of both
 */
public record Colours(String read, String matrix, String primaries, String transfer) {

    /** Of high definition, and of all that is made from RGB. */
    static final Colours HD = new Colours("auto", "bt709", "bt709", "bt709");

    private static final Set<String> KEPT_MATRICES = Set.of("bt709", "smpte170m", "bt470bg");
    private static final Set<String> KEPT_PRIMARIES = Set.of("bt709", "smpte170m", "bt470bg", "bt2020", "smpte432");
    private static final Set<String> KEPT_TRANSFERS =
            Set.of("bt709", "smpte170m", "iec61966-2-1", "bt2020-10", "bt2020-12");
    private static final Set<String> UNSAID = Set.of("", "unknown", "unspecified", "reserved");
    private static final int HD_WIDTH = 1280;
    private static final int HD_HEIGHT = 720;

    /**
     * As declared; what is not said is taken as players take it, by the size.
     *
     * @param format of the pixels
     */
    static Colours of(String format, String matrix, String primaries, String transfer, int width, int height) {
        if (isRgb(format) || matrix.equals("gbr")) {
            return HD.with(primaries, transfer);
        }
        if (UNSAID.contains(matrix)) {
            boolean hd = width >= HD_WIDTH || height >= HD_HEIGHT;
            String assumed = hd ? "bt709" : "smpte170m";
            return new Colours(assumed, assumed, assumed, assumed).with(primaries, transfer);
        }
        // The rare ones become a matrix that every player knows.
        String kept = KEPT_MATRICES.contains(matrix) ? matrix : "bt709";
        String sameFamily = kept.equals("bt470bg") ? "smpte170m" : kept;
        return new Colours("auto", kept, kept, sameFamily).with(primaries, transfer);
    }

    private Colours with(String statedPrimaries, String statedTransfer) {
        return new Colours(
                read,
                matrix,
                KEPT_PRIMARIES.contains(statedPrimaries) ? statedPrimaries : primaries,
                KEPT_TRANSFERS.contains(statedTransfer) ? statedTransfer : transfer);
    }

    private static boolean isRgb(String format) {
        return format.contains("rgb")
                || format.contains("bgr")
                || format.startsWith("gbr")
                || format.equals("pal8")
                || format.startsWith("x2");
    }
}
