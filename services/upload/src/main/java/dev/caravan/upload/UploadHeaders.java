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

    /** Bytes of the thumbnail as it was accepted, a {@link Long}; not there without one. */
    public static final String THUMBNAIL_SIZE = "thumbnailSize";

    /** What the object store calls this very content of the thumbnail, quotes included; not there without one. */
    public static final String THUMBNAIL_ETAG = "thumbnailEtag";

    public static final String TITLE = "title";

    public static final String DESCRIPTION = "description";

    /** Who may see the video once it is ready; not there when the user did not say. */
    public static final String VISIBILITY = "visibility";

    /** Bytes of the video as it was accepted, a {@link Long}. */
    public static final String SIZE = "size";

    /** What the object store calls this very content of the video, quotes included. */
    public static final String ETAG = "etag";

    /** The key that a direct upload came with; empty without one. */
    public static final String REQUEST_KEY = "requestKey";

    /** The row of the accepted upload of the same key; null without one. */
    public static final String SAME_UPLOAD = "sameUpload";

    /** Bytes that the video has at least, as the caller says before they are there, a {@link Long}; not there or 0 when he does not. */
    public static final String DECLARED = "declared";

    /** Before CheckQuota the row of find-usage.sql; after it a {@link dev.caravan.upload.quota.Quota}. */
    public static final String QUOTA = "quota";

    /** Whether the upload has been accepted before, a {@link Boolean}. */
    public static final String ACCEPTED = "accepted";

    private UploadHeaders() {}
}
