package dev.caravan.kernel;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Header names that mean the same on an exchange and as gRPC metadata, and that travel between services. */
public final class Headers {

    /** {@code Bearer <token>} of the caller. */
    public static final String AUTHORIZATION = "authorization";

    /** Id of the authenticated caller; set by the gateway alone. */
    public static final String USER_ID = "x-user-id";

    /** Role of the authenticated caller, {@link #ADMIN} or another; set by the gateway alone. */
    public static final String USER_ROLE = "x-user-role";

    /** The role that may do what the contracts reserve for administrators. */
    public static final String ADMIN = "admin";

    /** IP address that the client's request came from; set by the gateway alone. */
    public static final String CLIENT_ADDRESS = "x-client-address";

    /** What the client's request says it was made with, its User-Agent; set by the gateway alone. */
    public static final String CLIENT_AGENT = "x-client-agent";

    /** Proves that a caller is a service of the platform; made for each hop anew, never passed on. */
    public static final String SERVICE_TOKEN = "x-service-token";

    /** Names one request of a client in all services' logs. */
    public static final String REQUEST_ID = "x-request-id";

    /** Which trace a call belongs to, after W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";

    /** What tracers add to that. */
    public static final String TRACESTATE = "tracestate";

    /** Name of the remote procedure that a gRPC endpoint was called with, in kebab-case: {@code find-by-id}. */
    public static final String RPC = "rpc";

    /** What travels as gRPC metadata; nothing else does, in either direction. */
    public static final List<String> TRAVELLING = List.of(
            AUTHORIZATION, USER_ID, USER_ROLE, CLIENT_ADDRESS, CLIENT_AGENT, REQUEST_ID, TRACEPARENT, TRACESTATE);

    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private Headers() {}

    /** The id of the trace that a {@link #TRACEPARENT} names; null when it is none. */
    public static @Nullable String traceId(@Nullable Object traceparent) {
        Matcher trace = TRACE.matcher(String.valueOf(traceparent));
        return trace.matches() ? trace.group(1) : null;
    }
}
