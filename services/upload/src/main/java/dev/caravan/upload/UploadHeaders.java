package dev.caravan.upload;

/** Exchange headers of this service's routes and SQL. */
public final class UploadHeaders {

    /** The caller's id, an {@link Integer}. */
    public static final String CALLER = "userId";

    /** The video's id, a {@link java.util.UUID}. */
    public static final String VIDEO = "videoId";

    /** The thumbnail's id, a {@link java.util.UUID}. */
    public static final String THUMBNAIL = "thumbnailId";

    /** Whether the user sent a thumbnail, a {@link Boolean}. */
    public static final String HAS_THUMBNAIL = "thumbnail";

    public static final String TITLE = "title";

    public static final String DESCRIPTION = "description";

    /** Whether the upload has been accepted before, a {@link Boolean}. */
    public static final String ACCEPTED = "accepted";

    private UploadHeaders() {}
}
