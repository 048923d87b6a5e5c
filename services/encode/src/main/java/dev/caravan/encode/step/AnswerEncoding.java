package dev.caravan.encode.step;

import dev.caravan.proto.encode.Attempt;
import dev.caravan.proto.encode.Encoding;
import dev.caravan.proto.encode.FindEncodingResponse;
import dev.caravan.proto.encode.FindEncodingResponseData;
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
        for (Object attempt : exchange.getMessage().getBody(List.class)) {
            encoding.addAttempts(attempt((Map<?, ?>) attempt));
        }
        exchange.getMessage()
                .setBody(FindEncodingResponse.newBuilder()
                        .setMessage("Success")
                        .setData(FindEncodingResponseData.newBuilder().setEncoding(encoding))
                        .build());
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
