package dev.caravan.kernel;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that a service throws on purpose: a gRPC status code, a stable reason for programs, a sentence
 * for people and, for what is wrong with a field, the sentences about it.
 *
 * <p>Between services it is a {@code google.rpc.Status} with {@code ErrorInfo} and {@code BadRequest} details, so a
 * fault that is rethrown by a caller is the fault that was thrown by the callee. It carries no stack trace: it says
 * what was wrong with a call, not with the code.
 */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String DOMAIN = "caravan";
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Tells gRPC clients not to repeat the call by themselves: the answer is this service's, and would be the same. */
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final Status.Code code;
    private final String reason;
    private final transient Map<String, List<String>> fieldErrors;
    private final @Nullable Duration retryAfter;

    private Fault(
            Status.Code code,
            String reason,
            String sentence,
            Map<String, List<String>> fieldErrors,
            @Nullable Duration retryAfter) {
        super(sentence, null, false, false);
        this.code = code;
        this.reason = reason;
        this.fieldErrors = fieldErrors;
        this.retryAfter = retryAfter;
    }

    /**
     * What a route throws ({@code throwException}).
     *
     * @param text code, reason and sentence, separated by blanks: {@code NOT_FOUND VIDEO_UNKNOWN There is no such video.}
     */
    public Fault(String text) {
        this(text.split(" ", 3));
    }

    private Fault(String[] parts) {
        this(Status.Code.valueOf(parts[0]), parts[1], parts[2], Map.of(), null);
    }

    /** @param reason stable, {@code UPPER_SNAKE}; programs may depend on it */
    public static Fault of(Status.Code code, String reason, String sentence) {
        return new Fault(code, reason, sentence, Map.of(), null);
    }

    /** A request whose fields are at fault; becomes HTTP 400 with these sentences. */
    public static Fault invalid(Map<String, List<String>> fieldErrors) {
        return new Fault(
                Status.Code.INVALID_ARGUMENT, "INVALID_FIELDS", "Some fields are not valid.", fieldErrors, null);
    }

    /** As {@link #invalid(Map)} for one field. */
    public static Fault invalid(String field, String sentence) {
        return invalid(Map.of(field, List.of(sentence)));
    }

    /** Becomes HTTP 404. */
    public static Fault notFound(String reason, String sentence) {
        return of(Status.Code.NOT_FOUND, reason, sentence);
    }

    /** Becomes HTTP 409. */
    public static Fault conflict(String reason, String sentence) {
        return of(Status.Code.ALREADY_EXISTS, reason, sentence);
    }

    /** Becomes HTTP 409; these fields are not as they are kept already. */
    public static Fault conflict(String reason, String sentence, Map<String, List<String>> fieldErrors) {
        return new Fault(Status.Code.ALREADY_EXISTS, reason, sentence, fieldErrors, null);
    }

    /** Becomes HTTP 401. */
    public static Fault unauthenticated(String reason, String sentence) {
        return of(Status.Code.UNAUTHENTICATED, reason, sentence);
    }

    /** Becomes HTTP 403. */
    public static Fault forbidden(String reason, String sentence) {
        return of(Status.Code.PERMISSION_DENIED, reason, sentence);
    }

    /** The state of things forbids it now; becomes HTTP 400. */
    public static Fault precondition(String reason, String sentence) {
        return of(Status.Code.FAILED_PRECONDITION, reason, sentence);
    }

    /** Something this service needs is down; becomes HTTP 503. */
    public static Fault unavailable(String reason, String sentence) {
        return unavailable(reason, sentence, SOON);
    }

    /** @param retryAfter when to ask again; becomes HTTP's Retry-After */
    public static Fault unavailable(String reason, String sentence, Duration retryAfter) {
        return new Fault(Status.Code.UNAVAILABLE, reason, sentence, Map.of(), retryAfter);
    }

    /**
     * The caller has used up what he may; becomes HTTP 429.
     *
     * @param retryAfter when to ask again; becomes HTTP's Retry-After
     */
    public static Fault exhausted(String reason, String sentence, Duration retryAfter) {
        return new Fault(Status.Code.RESOURCE_EXHAUSTED, reason, sentence, Map.of(), retryAfter);
    }

    /**
     * The fault that a callee answered with. A status without a fault's details is the transport's: its text is about
     * sockets, so it becomes a sentence for people.
     */
    public static Fault from(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        com.google.rpc.Status wire = StatusProto.fromThrowable(failure);
        Map<String, List<String>> fieldErrors = new LinkedHashMap<>();
        String reason = null;
        Duration retryAfter = null;
        for (Any detail : wire == null ? List.<Any>of() : wire.getDetailsList()) {
            try {
                if (detail.is(ErrorInfo.class)) {
                    reason = detail.unpack(ErrorInfo.class).getReason();
                } else if (detail.is(RetryInfo.class)) {
                    retryAfter = Duration.ofSeconds(
                            detail.unpack(RetryInfo.class).getRetryDelay().getSeconds());
                } else if (detail.is(BadRequest.class)) {
                    for (var violation : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                        fieldErrors
                                .computeIfAbsent(violation.getField(), field -> new ArrayList<>())
                                .add(violation.getDescription());
                    }
                }
            } catch (InvalidProtocolBufferException e) {
                return transport(status, Map.of());
            }
        }
        return reason == null
                ? transport(status, fieldErrors)
                : new Fault(status.getCode(), reason, String.valueOf(status.getDescription()), fieldErrors, retryAfter);
    }

    private static Fault transport(Status status, Map<String, List<String>> fieldErrors) {
        Status.Code code = isCutOff(status) ? Status.Code.UNAVAILABLE : status.getCode();
        Duration retryAfter = code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED ? SOON : null;
        return new Fault(code, code.name(), transportSentence(code, status), fieldErrors, retryAfter);
    }

    /**
     * Whether a callee, or the way to it, went away under the call. It would have said itself that something is wrong
     * with it, as a fault; this is what gRPC makes of closed channels and reset streams.
     */
    private static boolean isCutOff(Status status) {
        return switch (status.getCode()) {
            case UNKNOWN, INTERNAL -> true;
            case CANCELLED -> String.valueOf(status.getDescription()).startsWith("RST_STREAM");
            default -> false;
        };
    }

    /** Whether a callee said nothing of its own: nobody listens, or nobody answered in time. */
    public boolean isOfTransport() {
        return reason.equals(code.name()) && (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED);
    }

    private static String transportSentence(Status.Code code, Status status) {
        return switch (code) {
            case UNAVAILABLE -> "A service of the platform is not available at the moment.";
            case DEADLINE_EXCEEDED -> "A service of the platform did not answer in time.";
            default -> status.getDescription() == null ? code.name() : status.getDescription();
        };
    }

    /** The fault among {@code failure} and its causes, or null. */
    public static @Nullable Fault in(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            if (cause instanceof Fault fault) {
                return fault;
            }
        }
        return null;
    }

    public Status.Code code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** Field name to sentences; empty unless it is of fields. */
    public Map<String, List<String>> fieldErrors() {
        return fieldErrors;
    }

    /** When to ask again; null where it would not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What goes over the wire. */
    public StatusRuntimeException toStatusException() {
        var details = com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(String.valueOf(getMessage()))
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(DOMAIN)
                        .build()));
        if (!fieldErrors.isEmpty()) {
            var badRequest = BadRequest.newBuilder();
            fieldErrors.forEach((field, sentences) -> sentences.forEach(sentence ->
                    badRequest.addFieldViolationsBuilder().setField(field).setDescription(sentence)));
            details.addDetails(Any.pack(badRequest.build()));
        }
        if (retryAfter != null) {
            details.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(retryAfter.toSeconds()))
                    .build()));
        }
        Metadata trailers = new Metadata();
        trailers.put(PUSHBACK, "-1");
        return StatusProto.toStatusRuntimeException(details.build(), trailers);
    }
}
