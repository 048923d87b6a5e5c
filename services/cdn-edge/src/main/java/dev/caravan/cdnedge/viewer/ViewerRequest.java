package dev.caravan.cdnedge.viewer;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the edge heeds of a request; everything else about it goes no further.
 *
 * @param path as sent, not decoded
 * @param query as sent, or null
 * @param address the viewer's
 * @param headers those of {@link #HEEDED} that were sent; names in any case
 */
public record ViewerRequest(
        String method, String path, @Nullable String query, String address, Map<String, String> headers) {

    /** The exchange property that holds it. */
    public static final String PROPERTY = "viewer";

    public static final String RANGE = "Range";
    public static final String IF_RANGE = "If-Range";
    public static final String IF_NONE_MATCH = "If-None-Match";
    public static final String IF_MODIFIED_SINCE = "If-Modified-Since";
    public static final String ORIGIN = "Origin";
    public static final String REQUESTED_HEADERS = "Access-Control-Request-Headers";
    static final List<String> HEEDED =
            List.of(RANGE, IF_RANGE, IF_NONE_MATCH, IF_MODIFIED_SINCE, ORIGIN, REQUESTED_HEADERS);

    static ViewerRequest of(HttpServletRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : HEEDED) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new ViewerRequest(
                request.getMethod(),
                request.getRequestURI(),
                request.getQueryString(),
                request.getRemoteAddr(),
                headers);
    }

    /** The request that an exchange is about. */
    public static ViewerRequest of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, ViewerRequest.class);
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** Whether only headers are asked for. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /**
     * Whether a playlist of DASH or HLS or the text of a storyboard is asked for, which must carry the signature on to what they
     * name, or captions, which change as the playlists that name them do.
     */
    public boolean isManifest() {
        return path.endsWith(".mpd") || path.endsWith(".m3u8") || path.endsWith(".vtt");
    }

    /** The object's key. */
    public String key() {
        return path.substring(1);
    }
}
