package dev.caravan.upload.direct;

import dev.caravan.upload.UploadProperties;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that brings a video, not read yet.
 *
 * @param contentType of the body
 * @param contentLength in bytes; -1 when the client does not say
 * @param query decoded parameters of the URL
 * @param body read once, from start to end
 */
record DirectUpload(
        @Nullable String contentType, long contentLength, Map<String, List<String>> query, InputStream body) {

    /** What a form may have besides its files. */
    private static final long FORM_OVERHEAD = 1 << 20;

    /** Bytes of the body that need not be the video's. */
    long overhead(UploadProperties properties) {
        return MultipartReader.reads(contentType)
                ? properties.maxThumbnailSize().toBytes() + FORM_OVERHEAD
                : 0;
    }

    /** Bytes that the video has at least, and may have; 0 when the client does not say. */
    long declared(UploadProperties properties) {
        return Math.max(
                0,
                Math.min(
                        contentLength - overhead(properties),
                        properties.maxSize().toBytes()));
    }
}
