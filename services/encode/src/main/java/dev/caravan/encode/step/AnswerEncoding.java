package dev.caravan.encode.step;

import dev.caravan.kernel.Headers;
import dev.caravan.proto.encode.Attempt;
import dev.caravan.proto.encode.Encoding;
import dev.caravan.proto.encode.FindEncodingResponse;
import dev.caravan.proto.encode.FindEncodingResponseData;
import dev.caravan.proto.encode.WaitsFor;
import dev.caravan.proto.encode.WaitsForOrBuilder;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of a job, whose row was found, and of its attempts, whose rows are in the body. */
@Component
public class AnswerEncoding implements Processor {

    /** The header with the row that says what the job waits for; none when it does not wait. */
    private static final String WAIT = "wait";

    @Override
    public void process(Exchange exchange) {
        Map<?, ?> row = exchange.getProperty(CheckOwner.ROW, Map.class);
        Encoding.Builder encoding = Encoding.newBuilder()
                .setVideoId(String.valueOf(row.get("video_id")))
                .setState(String.valueOf(row.get("state")))
                .setProgress(number(row, "progress"));
        set(row, "reason", encoding::setReason);
        set(row, "failure", encoding::setFailure);
        set(row, "next_attempt_at", encoding::setNextAttemptAt);
        // To owners it would say nothing but that others are before them.
        if (Headers.ADMIN.equals(exchange.getMessage().getHeader(Headers.USER_ROLE, String.class))) {
            encoding.setPriority(number(row, "priority"));
        }
        if (exchange.getMessage().getHeader(WAIT) instanceof Map<?, ?> wait) {
            encoding.setWaitsFor(waitsFor(wait));
        }
        for (Object attempt : exchange.getMessage().getBody(List.class)) {
            encoding.addAttempts(attempt((Map<?, ?>) attempt));
        }
        exchange.getMessage()
                .setBody(FindEncodingResponse.newBuilder()
                        .setMessage("Success")
                        .setData(FindEncodingResponseData.newBuilder().setEncoding(encoding))
                        .build());
    }

    private static WaitsFor waitsFor(Map<?, ?> row) {
        String reason = String.valueOf(row.get("reason"));
        WaitsFor.Builder wait = WaitsFor.newBuilder().setReason(reason);
        set(row, "expected_at", wait::setExpectedAt);
        if (row.get("position") instanceof Integer position) {
            wait.setPosition(position).setPositionExact(Boolean.TRUE.equals(row.get("position_exact")));
        }
        return wait.setDetail(detail(wait)).build();
    }

    private static String detail(WaitsForOrBuilder wait) {
        return switch (wait.getReason()) {
            case "RETRY" -> "The platform failed at it and tries again later.";
            case "OWN_VIDEOS" -> "As many of your videos are being encoded as can be at once.";
            case "NO_WORKER" -> "Nothing is being encoded at the moment; it waits until that goes on.";
            default ->
                wait.getPosition() == 1
                        ? "It is the next to be encoded."
                        : before(wait.getPosition() - 1, wait.getPositionExact());
        };
    }

    private static String before(int videos, boolean exact) {
        if (!exact) {
            return "%d or more videos are before it.".formatted(videos);
        }
        return videos == 1 ? "One video is before it." : "%d videos are before it.".formatted(videos);
    }

    private static Attempt attempt(Map<?, ?> row) {
        Attempt.Builder attempt = Attempt.newBuilder().setNumber(number(row, "number"));
        set(row, "worker", attempt::setWorker);
        set(row, "started_at", attempt::setStartedAt);
        set(row, "ended_at", attempt::setEndedAt);
        set(row, "outcome", attempt::setOutcome);
        set(row, "error", attempt::setError);
        return attempt.build();
    }

    private static int number(Map<?, ?> row, String column) {
        return row.get(column) instanceof Number number ? number.intValue() : 0;
    }

    private static void set(Map<?, ?> row, String column, Consumer<String> field) {
        @Nullable Object value = row.get(column);
        if (value != null) {
            field.accept(value instanceof Timestamp time ? time.toInstant().toString() : value.toString());
        }
    }
}
