package dev.caravan.kernel.amqp;

import dev.caravan.kernel.route.RouteTrail;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What a service tells of a message that it makes a dead letter, beside the message itself. */
public final class DeadLetterHeaders {

    /** The queue that it came from, and goes back to. */
    public static final String ORIGIN_QUEUE = "x-origin-queue";

    public static final String SERVICE = "x-service";
    /** Stable, {@code UPPER_SNAKE}. */
    public static final String REASON = "x-reason";
    /** What went wrong, for an operator. */
    public static final String FAILURE = "x-failure";
    /** The routes that it went through, separated by commas. */
    public static final String ROUTE_TRAIL = "x-route-trail";

    public static final String VIDEO_ID = "x-video-id";

    private DeadLetterHeaders() {}

    /**
     * @param exchange that failed, in the service's own context
     * @param failure bounded by whoever tells it
     * @param videoId null when the message does not say
     */
    public static Map<String, String> of(
            Exchange exchange, String queue, String reason, String failure, @Nullable String videoId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ORIGIN_QUEUE, queue);
        headers.put(SERVICE, exchange.getContext().getName());
        headers.put(REASON, reason);
        headers.put(FAILURE, failure);
        headers.put(ROUTE_TRAIL, RouteTrail.of(exchange));
        if (videoId != null) {
            headers.put(VIDEO_ID, videoId);
        }
        return headers;
    }
}
