package dev.caravan.upload.direct;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** RFC 9457 problem details in the gateway's shape, with the wire contract's {@code message} and {@code data}. */
final class Problem {

    private Problem() {}

    /** @param reason stable, {@code UPPER_SNAKE}; becomes the type */
    static ObjectNode of(int status, String reason, String detail) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put(
                "type", "urn:caravan:problem:" + reason.toLowerCase(Locale.ROOT).replace('_', '-'));
        problem.put("title", phrase(status));
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("message", phrase(status));
        problem.putObject("data");
        return problem;
    }

    /** The wire contract's message for a status. */
    static String phrase(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 404 -> "Resource Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
    }
}
