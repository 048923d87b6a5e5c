package dev.caravan.encode.job;

import dev.caravan.kernel.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A message as it came, byte for byte, with those of its headers that are kept. */
public final class Delivery {

    /** What the body is. */
    public static final String CONTENT_TYPE = "content-type";

    private static final Pattern PLAIN = Pattern.compile("[ -~]{1,200}");

    private final byte[] body;
    private final Map<String, String> headers;

    private Delivery(byte[] body, Map<String, String> headers) {
        this.body = body;
        this.headers = headers;
    }

    /**
     * Keeps a message.
     *
     * @param body null for none
     * @param headers of which those are kept that it knows and that are plain text
     */
    public static Delivery of(byte @Nullable [] body, Map<String, ?> headers) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : new String[] {CONTENT_TYPE, Headers.TRACEPARENT, Headers.REQUEST_ID}) {
            String value = String.valueOf(headers.get(name));
            if (headers.get(name) != null && PLAIN.matcher(value).matches()) {
                kept.put(name, value);
            }
        }
        return new Delivery(body == null ? new byte[0] : body, Map.copyOf(kept));
    }

    /** Not to be changed. */
    public byte[] body() {
        return body;
    }

    /** All that is kept, by name. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What travels on to messages that come of this one. */
    public Map<String, String> trace() {
        Map<String, String> trace = new LinkedHashMap<>(headers);
        trace.remove(CONTENT_TYPE);
        return trace;
    }
}
