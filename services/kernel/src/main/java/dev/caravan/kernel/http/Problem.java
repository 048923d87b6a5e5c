package dev.caravan.kernel.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.kernel.Fault;
import io.grpc.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as RFC 9457 problem details with the contract's {@code message} and {@code data} as further members. */
public final class Problem {

    /** Of every problem. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /** The reason of a fault that gRPC has no status for and HTTP has. */
    public static final String TOO_LARGE = "TOO_LARGE";

    /** As {@link #TOO_LARGE}: what a user may store is used up, which no waiting helps. */
    public static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";

    /** As {@link #TOO_LARGE}: a precondition that a client has set does not hold. */
    public static final String REVISION_CHANGED = "REVISION_CHANGED";

    /** As {@link #TOO_LARGE}: an upload was there, and is not taken up any more. */
    public static final String UPLOAD_EXPIRED = "UPLOAD_EXPIRED";

    /** As {@link #TOO_LARGE}: the client speaks another version of tus, or none. */
    public static final String TUS_VERSION_UNSUPPORTED = "TUS_VERSION_UNSUPPORTED";

    /** As {@link #TOO_LARGE}: a body of a type that is not taken. */
    public static final String UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE";

    /** As {@link #TOO_LARGE}: somebody else is sending this upload at the moment. */
    public static final String UPLOAD_LOCKED = "UPLOAD_LOCKED";

    /** As {@link #TOO_LARGE}, with a status of tus: what came is not what its sender says it is. */
    public static final String CHECKSUM_MISMATCH = "CHECKSUM_MISMATCH";

    private static final Map<Integer, String> MESSAGES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Resource Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(423, "Locked"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(460, "Checksum Mismatch"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private Problem() {}

    /** The HTTP status of a fault. */
    public static int status(Fault fault) {
        return switch (fault.reason()) {
            case TOO_LARGE, QUOTA_EXCEEDED -> 413;
            case UPLOAD_EXPIRED -> 410;
            case REVISION_CHANGED, TUS_VERSION_UNSUPPORTED -> 412;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case UPLOAD_LOCKED -> 423;
            case CHECKSUM_MISMATCH -> 460;
            default -> status(fault.code());
        };
    }

    private static int status(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case CANCELLED, UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }

    /**
     * @param fields of the request; each is there in {@code data.errors} of a 400 and of another that names fields,
     *     without a fault as an empty list
     * @param request the id of the request, which becomes the instance
     */
    public static ObjectNode of(Fault fault, List<String> fields, @Nullable String request) {
        int status = status(fault);
        String detail = status == 500 ? "Something went wrong on our side." : String.valueOf(fault.getMessage());
        ObjectNode problem = of(status, fault.reason(), detail, request);
        if (status == 400 || !fault.fieldErrors().isEmpty()) {
            ObjectNode errors = problem.withObjectProperty("data").putObject("errors");
            fields.forEach(errors::putArray);
            fault.fieldErrors().forEach((field, sentences) -> {
                var array = errors.putArray(field);
                sentences.forEach(array::add);
            });
        }
        return problem;
    }

    /**
     * @param reason stable, {@code UPPER_SNAKE}; becomes the type
     * @param request the id of the request, which becomes the instance
     */
    public static ObjectNode of(int status, String reason, String detail, @Nullable String request) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put(
                "type", "urn:caravan:problem:" + reason.toLowerCase(Locale.ROOT).replace('_', '-'));
        problem.put("title", message(status));
        problem.put("status", status);
        problem.put("detail", detail);
        if (request != null) {
            problem.put("instance", "urn:caravan:request:" + request);
        }
        problem.put("message", message(status));
        problem.putObject("data");
        return problem;
    }

    /** Seconds for Retry-After, at least one; null for a fault that waiting does not mend. */
    public static @Nullable String retryAfter(Fault fault) {
        return fault.retryAfter() == null
                ? null
                : String.valueOf(Math.max(1, fault.retryAfter().toSeconds()));
    }

    /** A reason for a status that no fault is behind. */
    public static String reason(int status) {
        return message(status).toUpperCase(Locale.ROOT).replace(' ', '_');
    }

    /** The wire contract's message for a status. */
    public static String message(int status) {
        return MESSAGES.getOrDefault(status, status < 500 ? "Bad Request" : "Internal Server Error");
    }
}
