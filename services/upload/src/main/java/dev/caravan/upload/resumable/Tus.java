package dev.caravan.upload.resumable;

import java.util.List;

/** What tus 1.0 calls things, and what of it is spoken here. */
final class Tus {

    /** The one version that is spoken. */
    static final String VERSION = "1.0.0";

    /** Of the protocol; without the core, which needs no name. */
    static final String EXTENSIONS = "creation,creation-with-upload,expiration,termination,checksum";

    /** The type of a body of bytes. */
    static final String OFFSET_TYPE = "application/offset+octet-stream";

    /** Where uploads are, as the gateway's clients see it. */
    static final String PATH = "/videos/upload/tus";

    static final String TUS_RESUMABLE = "Tus-Resumable";
    static final String TUS_VERSION = "Tus-Version";
    static final String TUS_EXTENSION = "Tus-Extension";
    static final String TUS_MAX_SIZE = "Tus-Max-Size";
    static final String TUS_CHECKSUM_ALGORITHM = "Tus-Checksum-Algorithm";
    static final String UPLOAD_LENGTH = "Upload-Length";
    static final String UPLOAD_DEFER_LENGTH = "Upload-Defer-Length";
    static final String UPLOAD_OFFSET = "Upload-Offset";
    static final String UPLOAD_METADATA = "Upload-Metadata";
    static final String UPLOAD_CHECKSUM = "Upload-Checksum";
    static final String UPLOAD_EXPIRES = "Upload-Expires";

    /** Not of tus: the id of the video that the upload becomes, which nobody has to find in an address. */
    static final String VIDEO_ID = "Caravan-Video-Id";

    /** What a client can say wrongly. */
    static final List<String> FIELDS = List.of(
            UPLOAD_LENGTH,
            UPLOAD_OFFSET,
            UPLOAD_METADATA,
            UPLOAD_CHECKSUM,
            "title",
            "description",
            "visibility",
            "video");

    private Tus() {}
}
