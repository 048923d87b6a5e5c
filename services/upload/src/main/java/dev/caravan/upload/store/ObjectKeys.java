package dev.caravan.upload.store;

import dev.caravan.upload.Ids;
import java.util.Optional;
import java.util.UUID;

/** Where uploads are in the bucket. */
public final class ObjectKeys {

    /** What the key of a video begins with. */
    public static final String VIDEOS = "raw-videos/";

    /** What the key of a thumbnail begins with. */
    public static final String THUMBNAILS = "thumbnails/";

    private ObjectKeys() {}

    public static String video(UUID id) {
        return VIDEOS + id;
    }

    public static String thumbnail(UUID id) {
        return THUMBNAILS + id;
    }

    /** The id within a key of either; empty for a key that is none of ours. */
    public static Optional<UUID> id(String key) {
        return Ids.read(key.substring(key.indexOf('/') + 1));
    }
}
