package dev.caravan.encode.picture;

/**
 * What a picture stands on: of an animation, whose pictures may be smaller than it, or just as large as the picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param left where the picture begins
 * @param top where the picture begins
 */
record Canvas(int width, int height, int left, int top) {

    static Canvas of(PictureLook look) {
        return new Canvas(look.width(), look.height(), 0, 0);
    }

    boolean isCoveredBy(PictureLook look) {
        return equals(of(look));
    }

    long pixels() {
        return (long) width * height;
    }
}
