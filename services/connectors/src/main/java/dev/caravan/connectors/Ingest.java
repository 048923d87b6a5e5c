package dev.caravan.connectors;

/**
 * What a source and {@link #ROUTE} say to each other. The source sends the content, and of what is no file of
 * {@code file:}, {@code ftp:} or {@code sftp:} the headers {@link #ADDRESS}, {@link #ETAG} and {@link #SIZE}.
 */
final class Ingest {

    /** Where sources send what they show; they are files of their users, so nothing here does. */
    static final String ROUTE = "direct:connectors-ingest";

    /** Header: whose video it is to be, the email of a user; that of {@code connectors.owner} when there is none. */
    static final String OWNER = "owner";

    /** Header: where the file is at its source, such as a path or a key. */
    static final String ADDRESS = "address";

    /** Header: tells this very content from what is there later. */
    static final String ETAG = "etag";

    /** Header: bytes. */
    static final String SIZE = "size";

    /** Headers with what the source says of all its videos. */
    static final String TITLE = "title";

    static final String DESCRIPTION = "description";

    static final String VISIBILITY = "visibility";

    /**
     * Exchange property, answered: {@code taken} or {@code refused}, where what is refused is answered with the reason as body
     * and the name of a file for it as CamelFileName. What is put off is an exception.
     */
    static final String OUTCOME = "outcome";

    static final String TAKEN = "taken";

    static final String REFUSED = "refused";

    /** Exchange variable: the file, a {@link dev.caravan.proto.upload.TakeSourceFileRequest}. */
    static final String FILE = "file";

    /** Exchange variable: the content, as the source sent it. */
    static final String CONTENT = "content";

    /** Exchange variable: the stream of it that was opened; null for none. */
    static final String STREAM = "stream";

    /** Exchange variable: what went wrong, a {@link dev.caravan.proto.upload.ReportSourceFileRequest}. */
    static final String REPORT = "report";

    private Ingest() {}
}
