package dev.caravan.upload.sources;

/** Exchange headers of the routes and SQL of files of sources, beside those of the resumable upload that each is. */
final class SourceHeaders {

    /** The route that shows a file. */
    static final String SOURCE = "source";

    /** Where the file is there. */
    static final String ADDRESS = "address";

    /** Tells this very content of the file from others. */
    static final String ETAG = "sourceEtag";

    /** The address without its ending: that of a video and of the file with its text. */
    static final String STEM = "stem";

    /** A row of find-source-file.sql; null of what was never shown. */
    static final String ROW = "sourceFile";

    /** The upload by which the file was to come before, a {@link java.util.UUID}; null for none. */
    static final String FORMER = "formerVideo";

    /** A row of find-source-text.sql; null when no file says anything of the video. */
    static final String TEXT = "sourceText";

    /** Whether the file is never tried again, a {@link Boolean}. */
    static final String REFUSED = "refused";

    /** What went wrong, for programs. */
    static final String CODE = "code";

    /** The same, for people. */
    static final String REASON = "reason";

    private SourceHeaders() {}
}
