package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Headers;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A video that its owner, or an administrator, wants to change. */
final class VideoOfCaller {

    private static final int LONGEST_REQUEST_ID = 255;

    private VideoOfCaller() {}

    /**
     * Notes which video it is and who asks, in the variables {@code videoId}, {@code caller} and {@code admin}.
     *
     * @return the same as parameters of a statement: {@code id}, {@code caller}, {@code admin} and {@code request_id}
     */
    static Map<String, @Nullable Object> note(Exchange exchange, int id) {
        int caller = Caller.required(exchange.getMessage());
        boolean admin = Caller.isAdmin(exchange.getMessage());
        String requestId = exchange.getMessage().getHeader(Headers.REQUEST_ID, String.class);
        exchange.setVariable("videoId", id);
        exchange.setVariable("caller", caller);
        exchange.setVariable("admin", admin);
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("id", id);
        parameters.put("caller", caller);
        parameters.put("admin", admin);
        parameters.put("request_id", requestId == null || requestId.length() > LONGEST_REQUEST_ID ? null : requestId);
        return parameters;
    }
}
