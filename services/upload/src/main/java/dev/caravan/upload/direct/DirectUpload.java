package dev.caravan.upload.direct;

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
        @Nullable String contentType, long contentLength, Map<String, List<String>> query, InputStream body) {}
