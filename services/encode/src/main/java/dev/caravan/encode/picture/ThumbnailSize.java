package dev.caravan.encode.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * One size of a picture, in pixels.
 *
 * @param name the width that it is for; it may be narrower, never wider
 */
record ThumbnailSize(int name, int width, int height) {

    /** For a card on a small screen, one on a large or sharp screen, and the place of the player. */
    private static final List<Integer> WIDTHS = List.of(1280, 640, 320);

    /** Upright pictures of phones are 2.2 times as high as wide; what is much higher is a strip that no page shows. */
    private static final int HIGHEST = 3;

    /** On sharp screens, beside a name. */
    private static final int PORTRAIT = 256;

    /** The sizes of an upright picture, largest first; none is larger than the picture, and no two are the same. */
    static List<ThumbnailSize> of(int width, int height) {
        List<ThumbnailSize> sizes = new ArrayList<>();
        for (int i = 0; i < WIDTHS.size(); i++) {
            boolean smallest = i == WIDTHS.size() - 1;
            // Where the next smaller one holds the whole picture, this one would be the same.
            if (smallest || scale(WIDTHS.get(i + 1), width, height) < 1) {
                double scale = scale(WIDTHS.get(i), width, height);
                sizes.add(new ThumbnailSize(WIDTHS.get(i), scaled(width, scale), scaled(height, scale)));
            }
        }
        return List.copyOf(sizes);
    }

    /** A square of the middle of a picture, no larger than it. */
    static ThumbnailSize portrait(int width, int height) {
        int side = Math.min(PORTRAIT, Math.min(width, height));
        return new ThumbnailSize(PORTRAIT, side, side);
    }

    private static double scale(int widest, int width, int height) {
        return Math.min(1, Math.min((double) widest / width, (double) HIGHEST * widest / height));
    }

    private static int scaled(int length, double scale) {
        return (int) Math.max(1, Math.round(length * scale));
    }

    /** @param stem what the names of all files of the picture begin with */
    String jpeg(String stem) {
        return stem + name + ".jpg";
    }

    /** @param stem what the names of all files of the picture begin with */
    String webp(String stem) {
        return stem + name + ".webp";
    }
}
