package dev.caravan.upload.store;

import java.util.UUID;

/** Where uploads are in the bucket. */
public final class ObjectKeys {

    private ObjectKeys() {}

    public static String video(UUID id) {
        return "raw-videos/" + id;
    }

    public static String thumbnail(UUID id) {
        return "thumbnails/" + id;
    }
}
