package dev.caravan.videocatalog.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.log.Secrets;
import dev.caravan.videocatalog.message.VideoId;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;

/** A message that nothing could be done with, whatever it is, as it is kept. */
record DeadLetter(Message message, Circumstances circumstances) {

    /** They differ from one delivery of a message to the next, or from one sending of it. */
    private static final Set<String> PASSING =
            Set.of("x-delivery-count", "spring_listener_return_correlation", "spring_returned_message_correlation");

    private static final int LONGEST_NAME = 255;
    /** A larger body is not looked into for the video that it is about. */
    private static final int LARGEST_READ = 1 << 20;

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final HeaderJson HEADERS = new HeaderJson();
    private static final JsonMapper JSON = new JsonMapper();

    /** The parameters of {@code insert-dead-letter.sql}. */
    Map<String, @Nullable Object> parameters() {
        MessageProperties properties = message.getMessageProperties();
        Map<String, Object> headers = new HashMap<>(properties.getHeaders());
        String headerJson = HEADERS.of(headers);
        headers.keySet().removeAll(PASSING);
        String traceparent = Texts.header(headers, Headers.TRACEPARENT, LONGEST_NAME);
        String traceId = Headers.traceId(traceparent);
        String contentType = properties.getContentType();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("fingerprint", fingerprint(HEADERS.of(headers), properties));
        parameters.put("queue", circumstances.queue());
        parameters.put("service", circumstances.service());
        parameters.put("reason", circumstances.reason());
        parameters.put("error", Secrets.masked(circumstances.error()));
        parameters.put("failed_at", believable(circumstances.failedAt()).atOffset(ZoneOffset.UTC));
        parameters.put("video_id", circumstances.videoId() != null ? circumstances.videoId() : videoId());
        parameters.put("trace_id", traceId);
        parameters.put("traceparent", traceId == null ? null : traceparent);
        parameters.put("request_id", Texts.header(headers, Headers.REQUEST_ID, LONGEST_NAME));
        parameters.put("route_trail", circumstances.trail().toArray(String[]::new));
        parameters.put("headers", headerJson);
        parameters.put("content_type", contentType == null ? null : Texts.cut(Texts.clean(contentType), LONGEST_NAME));
        parameters.put("body", message.getBody());
        return parameters;
    }

    /** What a message has that could not be kept whole: its body, and where it came from. */
    static Map<String, @Nullable Object> bodyAlone(Map<String, @Nullable Object> parameters, String error) {
        Map<String, @Nullable Object> letter = new HashMap<>(parameters);
        for (String detail : new String[] {"video_id", "trace_id", "traceparent", "request_id", "content_type"}) {
            letter.put(detail, null);
        }
        letter.put("route_trail", new String[0]);
        letter.put("headers", "{}");
        letter.put("error", error);
        letter.put("failed_at", Instant.now().atOffset(ZoneOffset.UTC));
        return letter;
    }

    private byte[] fingerprint(String headers, MessageProperties properties) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String rest = String.join("\n", headers, properties.getMessageId(), properties.getContentType());
            digest.update((rest + "\n").getBytes(UTF_8));
            return digest.digest(message.getBody());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Clocks of others may be wrong, and a timestamp of AMQP can be beyond what a database knows. */
    private static Instant believable(Instant failedAt) {
        Instant now = Instant.now();
        return failedAt.isBefore(EARLIEST) || failedAt.isAfter(now.plus(Duration.ofDays(1))) ? now : failedAt;
    }

    private @Nullable String videoId() {
        if (message.getBody().length > LARGEST_READ) {
            return null;
        }
        try {
            JsonNode data = JSON.readTree(message.getBody()).path("data");
            String id = data.path("video_id").asText(data.path("original_id").asText());
            return VideoId.isOne(id) ? id : null;
        } catch (IOException e) {
            return null;
        }
    }
}
