package dev.caravan.videocatalog.answer;

import dev.caravan.proto.videocatalog.DeadLetter;
import dev.caravan.proto.videocatalog.DiscardDeadLetterResponse;
import dev.caravan.proto.videocatalog.DiscardDeadLetterResponseData;
import dev.caravan.proto.videocatalog.EditDeadLetterResponse;
import dev.caravan.proto.videocatalog.EditDeadLetterResponseData;
import dev.caravan.proto.videocatalog.FindDeadLetterResponse;
import dev.caravan.proto.videocatalog.FindDeadLetterResponseData;
import dev.caravan.proto.videocatalog.FindDeadLettersResponse;
import dev.caravan.proto.videocatalog.FindDeadLettersResponseData;
import dev.caravan.proto.videocatalog.ReplayDeadLetterResponse;
import dev.caravan.proto.videocatalog.ReplayDeadLetterResponseData;
import dev.caravan.videocatalog.query.Listed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about dead letters, of each RPC that there is about them. */
@Component
class AnswerDeadLetters {

    private static final String SUCCESS = "Success";

    public FindDeadLettersResponse findAll(
            @Body List<Map<String, @Nullable Object>> found, @Variable(Listed.VARIABLE) Listed listed) {
        FindDeadLettersResponseData.Builder data = FindDeadLettersResponseData.newBuilder()
                .addAllDeadLetters(
                        found.stream().map(row -> outside(row).build()).toList());
        listed.into(data::setPage, data::setSize, data::setTotal, data::setTotalExact, data::setCursor);
        return FindDeadLettersResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(data)
                .build();
    }

    public FindDeadLetterResponse find(@Body List<Map<String, @Nullable Object>> found) {
        return FindDeadLetterResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(FindDeadLetterResponseData.newBuilder().setDeadLetter(whole(found.get(0))))
                .build();
    }

    public EditDeadLetterResponse edit(@Body List<Map<String, @Nullable Object>> found) {
        return EditDeadLetterResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(EditDeadLetterResponseData.newBuilder().setDeadLetter(whole(found.get(0))))
                .build();
    }

    public ReplayDeadLetterResponse replay() {
        return ReplayDeadLetterResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(ReplayDeadLetterResponseData.getDefaultInstance())
                .build();
    }

    public DiscardDeadLetterResponse discard() {
        return DiscardDeadLetterResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(DiscardDeadLetterResponseData.getDefaultInstance())
                .build();
    }

    private static DeadLetter.Builder outside(Map<String, @Nullable Object> row) {
        DeadLetter.Builder letter = DeadLetter.newBuilder()
                .setId(row.get("id") instanceof Number id ? id.longValue() : 0)
                .setQueue(Rows.text(row, "queue"))
                .setService(Rows.text(row, "service"))
                .setReason(Rows.text(row, "reason"))
                .setError(Rows.text(row, "error"))
                .setState(Rows.text(row, "state"))
                .setEdited(Boolean.TRUE.equals(row.get("edited")));
        String failedAt = Rows.instant(row, "failed_at");
        if (failedAt != null) {
            letter.setFailedAt(failedAt);
        }
        if (row.get("video_id") instanceof String videoId) {
            letter.setVideoId(videoId);
        }
        if (row.get("trace_id") instanceof String traceId) {
            letter.setTraceId(traceId);
        }
        String trail = Rows.text(row, "route_trail");
        if (!trail.isEmpty()) {
            letter.addAllRouteTrail(List.of(trail.split(",")));
        }
        return letter;
    }

    private static DeadLetter whole(Map<String, @Nullable Object> row) {
        DeadLetter.Builder letter = outside(row).setHeaders(Rows.text(row, "headers"));
        // There is none when it is larger than a message of gRPC.
        if (row.get("body") instanceof byte[] body) {
            try {
                letter.setBody(StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(body))
                                .toString())
                        .setBodyEncoding("utf-8");
            } catch (CharacterCodingException e) {
                letter.setBody(Base64.getEncoder().encodeToString(body)).setBodyEncoding("base64");
            }
        }
        return letter.build();
    }
}
