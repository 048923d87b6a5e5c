package dev.caravan.videocatalog.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.videocatalog.CreateWebhookResponse;
import dev.caravan.proto.videocatalog.CreateWebhookResponseData;
import dev.caravan.proto.videocatalog.DeleteWebhookResponse;
import dev.caravan.proto.videocatalog.DeleteWebhookResponseData;
import dev.caravan.proto.videocatalog.Delivery;
import dev.caravan.proto.videocatalog.DeliveryAttempt;
import dev.caravan.proto.videocatalog.FindDeliveriesResponse;
import dev.caravan.proto.videocatalog.FindDeliveriesResponseData;
import dev.caravan.proto.videocatalog.FindWebhooksResponse;
import dev.caravan.proto.videocatalog.FindWebhooksResponseData;
import dev.caravan.proto.videocatalog.ReplayEventsResponse;
import dev.caravan.proto.videocatalog.ReplayEventsResponseData;
import dev.caravan.proto.videocatalog.ResendDeliveryResponse;
import dev.caravan.proto.videocatalog.ResendDeliveryResponseData;
import dev.caravan.proto.videocatalog.RotateWebhookSecretResponse;
import dev.caravan.proto.videocatalog.RotateWebhookSecretResponseData;
import dev.caravan.proto.videocatalog.TestWebhookResponse;
import dev.caravan.proto.videocatalog.TestWebhookResponseData;
import dev.caravan.proto.videocatalog.UpdateWebhookResponse;
import dev.caravan.proto.videocatalog.UpdateWebhookResponseData;
import dev.caravan.proto.videocatalog.Webhook;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers about webhooks, of each RPC that there is about them. */
@Component
class AnswerWebhooks {

    private static final String SUCCESS = "Success";
    private static final String STATUS = "status";

    private final ObjectMapper json;

    AnswerWebhooks(ObjectMapper json) {
        this.json = json;
    }

    public CreateWebhookResponse create(
            @Body List<Map<String, @Nullable Object>> rows, @Variable(WebhookVariables.SECRET) byte[] secret) {
        return CreateWebhookResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(CreateWebhookResponseData.newBuilder()
                        .setWebhook(only(rows))
                        .setSecret(written(secret)))
                .build();
    }

    public FindWebhooksResponse findAll(@Body List<Map<String, @Nullable Object>> rows) {
        FindWebhooksResponseData.Builder data = FindWebhooksResponseData.newBuilder();
        rows.forEach(row -> data.addWebhooks(webhook(row)));
        return FindWebhooksResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(data)
                .build();
    }

    public UpdateWebhookResponse update(@Body List<Map<String, @Nullable Object>> rows) {
        return UpdateWebhookResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(UpdateWebhookResponseData.newBuilder().setWebhook(only(rows)))
                .build();
    }

    public DeleteWebhookResponse delete() {
        return DeleteWebhookResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(DeleteWebhookResponseData.getDefaultInstance())
                .build();
    }

    public RotateWebhookSecretResponse rotate(
            @Body List<Map<String, @Nullable Object>> rows, @Variable(WebhookVariables.SECRET) byte[] secret) {
        return RotateWebhookSecretResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(RotateWebhookSecretResponseData.newBuilder()
                        .setWebhook(only(rows))
                        .setSecret(written(secret)))
                .build();
    }

    public TestWebhookResponse test(@Body List<Map<String, @Nullable Object>> rows) {
        return TestWebhookResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(TestWebhookResponseData.newBuilder()
                        .setDeliveryId(rows.get(0).get("id") + ""))
                .build();
    }

    /** @param rows one more than the page holds when there is a next one; one without an id for none at all */
    public FindDeliveriesResponse deliveries(
            @Body List<Map<String, @Nullable Object>> rows, @Variable(MomentPage.SIZE) int size) {
        List<Map<String, @Nullable Object>> found =
                rows.stream().filter(row -> row.get("id") != null).toList();
        FindDeliveriesResponseData.Builder data =
                FindDeliveriesResponseData.newBuilder().setSize(size);
        found.stream().limit(size).map(this::delivery).forEach(data::addDeliveries);
        data.setCursor(MomentPage.next(found, size, "id"));
        return FindDeliveriesResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(data)
                .build();
    }

    public ResendDeliveryResponse resend() {
        return ResendDeliveryResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(ResendDeliveryResponseData.getDefaultInstance())
                .build();
    }

    public ReplayEventsResponse replay(@Body List<Map<String, @Nullable Object>> rows) {
        return ReplayEventsResponse.newBuilder()
                .setMessage(SUCCESS)
                .setData(ReplayEventsResponseData.newBuilder()
                        .setEvents(((Number) Objects.requireNonNull(rows.get(0).get("events"))).intValue()))
                .build();
    }

    /** @throws Fault NOT_FOUND when there is none, as of one that is another's */
    private Webhook only(List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            throw Fault.notFound("WEBHOOK_UNKNOWN", "There is no such webhook.");
        }
        return webhook(rows.get(0));
    }

    private Webhook webhook(Map<String, @Nullable Object> row) {
        Webhook.Builder webhook = Webhook.newBuilder()
                .setId(text(row, "id"))
                .setUrl(text(row, "url"))
                .setDescription(text(row, "description"))
                .setEverybody(Boolean.TRUE.equals(row.get("everybody")))
                .setFormat(text(row, "format"))
                .setEnabled(Boolean.TRUE.equals(row.get("enabled")))
                .setCreatedAt(instant(row, "created_at"));
        array(row, "types").forEach(type -> webhook.addTypes(type.asText()));
        if (row.get("disabled_reason") instanceof String reason) {
            webhook.setDisabledReason(reason);
        }
        if (row.get("failing_since") != null) {
            webhook.setFailingSince(instant(row, "failing_since"));
        }
        return webhook.build();
    }

    private Delivery delivery(Map<String, @Nullable Object> row) {
        Delivery.Builder delivery = Delivery.newBuilder()
                .setId(text(row, "id"))
                .setEventId(text(row, "event_id"))
                .setType(text(row, "type"))
                .setState(text(row, "state"))
                .setCreatedAt(instant(row, "created_at"));
        if (row.get("video_id") instanceof Integer video) {
            delivery.setVideo(video);
        }
        if (row.get("next_at") != null) {
            delivery.setNextAt(instant(row, "next_at"));
        }
        array(row, "attempts").forEach(attempt -> delivery.addAttempts(attempt(attempt)));
        return delivery.build();
    }

    private static DeliveryAttempt attempt(JsonNode row) {
        DeliveryAttempt.Builder attempt = DeliveryAttempt.newBuilder()
                .setAt(written(OffsetDateTime.parse(row.path("at").asText()).toInstant()))
                .setMilliseconds(row.path("milliseconds").intValue());
        if (row.hasNonNull(STATUS)) {
            attempt.setStatus(row.path(STATUS).intValue());
        }
        if (row.hasNonNull(WebhookVariables.ERROR)) {
            attempt.setError(row.path(WebhookVariables.ERROR).asText());
        }
        if (row.hasNonNull(WebhookVariables.ANSWER)) {
            attempt.setAnswer(row.path(WebhookVariables.ANSWER).asText());
        }
        return attempt.build();
    }

    private JsonNode array(Map<String, @Nullable Object> row, String column) {
        try {
            return json.readTree(text(row, column));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb that is no JSON", e);
        }
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column), column).toString();
    }

    private static String instant(Map<String, @Nullable Object> row, String column) {
        return written(
                Objects.requireNonNull((Timestamp) row.get(column), column).toInstant());
    }

    private static String written(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String written(byte[] secret) {
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }
}
