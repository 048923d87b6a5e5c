package dev.caravan.upload.resumable;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a request of tus says, not looked at yet; null where it says nothing.
 *
 * @param contentLength in bytes; -1 when the client does not say
 * @param body read once, from start to end
 * @param own whether this service fetches the bytes itself, from who is never silent for longer than he may
 */
public record ResumableRequest(
        @Nullable String contentType,
        long contentLength,
        @Nullable String length,
        @Nullable String deferLength,
        @Nullable String offset,
        @Nullable String metadata,
        @Nullable String checksum,
        InputStream body,
        boolean own) {

    /**
     * Bytes of an upload that this service fetches itself.
     *
     * @param contentLength in bytes; -1 when it is not known
     */
    public static ResumableRequest of(InputStream body, long contentLength) {
        return new ResumableRequest(Tus.OFFSET_TYPE, contentLength, null, null, null, null, null, body, true);
    }

    /** Whether the body is bytes of an upload. */
    boolean hasBytes() {
        return Tus.OFFSET_TYPE.equalsIgnoreCase(contentType);
    }
}
