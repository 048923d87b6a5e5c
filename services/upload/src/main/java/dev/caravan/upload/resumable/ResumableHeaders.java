package dev.caravan.upload.resumable;

/** Exchange headers of the routes and SQL of resumable uploads. */
public final class ResumableHeaders {

    /** The method of the request, a {@link String}. */
    static final String METHOD = "tusMethod";

    /** Bytes of the whole upload, as its creation says, a {@link Long}. */
    public static final String LENGTH = "uploadLength";

    /** Bytes of each part but the last, a {@link Long}. */
    public static final String PART_SIZE = "partSize";

    /** Upload-Metadata as it came; null without any. */
    static final String METADATA = "uploadMetadata";

    /** Where the bytes of a request begin, as it says, a {@link Long}. */
    public static final String OFFSET = "uploadOffset";

    /** A {@link Checksum} of the request's bytes; null without one. */
    static final String CHECKSUM = "uploadChecksum";

    /** Whether a request that creates an upload brings bytes of it too, a {@link Boolean}. */
    static final String HAS_BYTES = "hasBytes";

    /** The upload's row; null when there is none to be had. */
    static final String ROW = "resumable";

    /** By which this request holds the upload for itself, a {@link java.util.UUID}. */
    static final String LEASE = "lease";

    /** Leases of this instance, as an array for SQL. */
    static final String LEASES = "leases";

    /** Bytes that are stored, a {@link Long}. */
    public static final String RECEIVED = "received";

    /** Numbers and ETags of the parts that were stored since the last note, as arrays for SQL. */
    static final String NUMBERS = "partNumbers";

    static final String ETAGS = "partEtags";

    /** Key and size of the object with what is not yet a part; null and 0 without one. */
    static final String TAIL = "tail";

    static final String TAIL_SIZE = "tailSize";

    /** The row of the last note, with the moment when the upload expires. */
    static final String NOTED = "noted";

    /** Rows of the parts that are stored, in their order. */
    static final String PARTS = "parts";

    private ResumableHeaders() {}
}
