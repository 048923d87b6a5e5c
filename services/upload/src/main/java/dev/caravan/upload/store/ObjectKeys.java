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

    /** What the key of an object begins with that has of a resumable upload what is no part yet. */
    public static final String TAILS = "upload-tails/";

    private static final int ID_LENGTH = 36;

    private ObjectKeys() {}

    public static String video(UUID id) {
        return VIDEOS + id;
    }

    public static String thumbnail(UUID id) {
        return THUMBNAILS + id;
    }

    /** What the keys of all tails of a video begin with. */
    public static String tails(UUID video) {
        return TAILS + video + "/";
    }

    /** @param writer of whom no other is called the same, so that what is noted is never overwritten */
    public static String tail(UUID video, UUID writer) {
        return tails(video) + writer;
    }

    /** The id within a key of any; empty for a key that is none of ours. */
    public static Optional<UUID> id(String key) {
        String name = key.substring(key.indexOf('/') + 1);
        boolean isTail = key.startsWith(TAILS) && name.indexOf('/') == ID_LENGTH;
        return Ids.read(isTail ? name.substring(0, ID_LENGTH) : name);
    }
}
