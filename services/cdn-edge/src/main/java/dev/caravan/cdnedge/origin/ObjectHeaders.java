package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.cache.StoredObject;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The headers of an answer that an object makes, in the place of all that a message had. */
final class ObjectHeaders {

    private ObjectHeaders() {}

    /** Those that every answer about it has, also "not modified". */
    static void put(Message answer, StoredObject about, String cacheControl) {
        answer.removeHeaders("*");
        put(answer, "ETag", about.etag());
        put(answer, "Last-Modified", about.lastModified() == null ? null : HttpDate.format(about.lastModified()));
        put(answer, "Cache-Control", about.cacheControl() == null ? cacheControl : about.cacheControl());
        put(answer, "Accept-Ranges", "bytes");
    }

    /** Those that go with its bytes. */
    static void putContent(Message answer, StoredObject about, long length, @Nullable String contentRange) {
        put(answer, "Content-Range", contentRange);
        put(answer, "Content-Length", length);
        put(answer, "Content-Type", about.contentType());
        put(answer, "Content-Disposition", about.contentDisposition());
        // Whatever an object is or says it is, it must not run as a page.
        put(answer, "Content-Security-Policy", "default-src 'none'; sandbox");
        put(answer, "X-Content-Type-Options", "nosniff");
    }

    private static void put(Message answer, String name, @Nullable Object value) {
        if (value != null) {
            answer.setHeader(name, value);
        }
    }
}
