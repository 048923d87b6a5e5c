package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.viewer.ViewerRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether a viewer has the object already. If-None-Match comes before If-Modified-Since, as HTTP says. */
final class Freshness {

    private Freshness() {}

    static boolean isFresh(ViewerRequest viewer, @Nullable String etag, @Nullable Instant lastModified) {
        String ifNoneMatch = viewer.header(ViewerRequest.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            return etag != null
                    && Arrays.stream(ifNoneMatch.split(",", -1))
                            .map(String::strip)
                            .anyMatch(tag -> tag.equals("*") || opaque(tag).equals(opaque(etag)));
        }
        Instant since = HttpDate.parse(viewer.header(ViewerRequest.IF_MODIFIED_SINCE));
        return since != null
                && lastModified != null
                && !lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(since);
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
