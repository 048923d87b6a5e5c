package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.CreatePresignedUrlRequest;
import dev.caravan.proto.upload.CreatePresignedUrlResponse;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.proto.upload.UploadedWebhookRequest;
import dev.caravan.upload.direct.Form;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Presigned URLs and the webhook: upload-grpc-endpoint, upload-create-presigned-url, upload-uploaded-webhook, upload-accept. */
class WebhookIT extends UploadTestBase {

    @Test
    void announcesAVideoThatWasPutToItsUrl() throws Exception {
        CreatePresignedUrlResponse response =
                as(ANN).createPresignedUrl(CreatePresignedUrlRequest.getDefaultInstance());
        CreatePresignedUrlResponseData upload = response.getData();
        assertThat(response.getMessage()).isEqualTo("Success");
        assertThat(put(upload.getVideoUrl(), Form.video(1000), "content-type", "video/mp4"))
                .isEqualTo(200);
        Instant before = Instant.now();

        assertThat(webhook(upload).getMessage()).isEqualTo("Success");

        JsonNode message = announcement(upload.getVideoId());
        JsonNode data = message.path("data");
        assertThat(message.path("key").asText()).isEqualTo("EncodeUploadedVideo");
        assertThat(data.path("video_id").asText()).isEqualTo(upload.getVideoId());
        assertThat(data.path("thumbnail_id").asText()).isEqualTo(upload.getThumbnailId());
        assertThat(data.path("title").asText()).isEqualTo("Ünïcode");
        assertThat(data.path("description").asText()).isEqualTo("A description\nof two lines");
        assertThat(data.path("user_id").isInt()).isTrue();
        assertThat(data.path("user_id").asInt()).isEqualTo(ANN);
        assertThat(Instant.parse(data.path("published_at").asText()))
                .isBetween(before.minusSeconds(60), before.plusSeconds(60));
        assertThat(data.fieldNames())
                .toIterable()
                .containsExactly(
                        "video_id", "thumbnail_id", "title", "description", "published_at", "user_id", "size", "etag");
        assertThat(data.path("size").asLong()).isEqualTo(1000);
        assertThat(data.path("etag").asText())
                .isEqualTo(s3.headObject(
                                request -> request.bucket(Servers.BUCKET).key("raw-videos/" + upload.getVideoId()))
                        .eTag());
        assertThat(stored()).contains("raw-videos/" + upload.getVideoId());
    }

    @Test
    void announcesInTheRequestAndTheTraceThatHadTheVideoAccepted() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        String trace = "0af7651916cd43dd8448eb211c80319c";

        as(ANN, "x-request-id", "r1", "traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .uploadedWebhook(about(upload));

        announcement(upload.getVideoId());
        Map<String, Object> headers =
                announcements(upload.getVideoId()).get(0).getMessageProperties().getHeaders();
        assertThat(headers).containsEntry("x-request-id", "r1");
        assertThat(headers.get("traceparent")).asString().contains(trace);
    }

    @Test
    void namesTheThumbnailThatTheUserSent() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        assertThat(put(upload.getThumbnailUrl(), Form.PNG, "content-type", "image/png"))
                .isEqualTo(200);

        String checked = etag("thumbnails/" + upload.getThumbnailId());

        webhook(upload);
        // The address works for a quarter of an hour yet.
        assertThat(put(upload.getThumbnailUrl(), Form.bytes("<script>"), "content-type", "text/html"))
                .isEqualTo(200);

        JsonNode data = announcement(upload.getVideoId()).path("data");
        assertThat(data.path("thumbnail").asText()).isEqualTo("thumbnails/" + upload.getThumbnailId());
        assertThat(data.path("thumbnail_size").asLong()).isEqualTo(Form.PNG.length);
        assertThat(data.path("thumbnail_etag").asText())
                .isEqualTo(checked)
                .isNotEqualTo(etag("thumbnails/" + upload.getThumbnailId()));
    }

    @Test
    void announcesNoThumbnailThatCameAfterTheCheck() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        as(ANN, "thumbnailetag", "\"mine\"", "thumbnailsize", "7").uploadedWebhook(about(upload));

        put(upload.getThumbnailUrl(), Form.PNG);

        JsonNode data = announcement(upload.getVideoId()).path("data");
        assertThat(data.has("thumbnail")).isFalse();
        assertThat(data.has("thumbnail_etag")).isFalse();
        assertThat(jdbc.queryForObject(
                        "select thumbnail_etag is null from uploads where video_id = ?::uuid",
                        Boolean.class,
                        upload.getVideoId()))
                .isTrue();
    }

    @Test
    void saysSuccessToEveryRepetitionAndAnnouncesOnce() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));

        List<CompletableFuture<String>> calls = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> webhook(upload).getMessage(), task -> new Thread(task).start()))
                .limit(5)
                .toList();

        assertThat(calls).allSatisfy(call -> assertThat(call.get()).isEqualTo("Success"));
        announcement(upload.getVideoId());
        // The raw video may be gone after it was encoded.
        s3.deleteObject(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + upload.getVideoId()));
        assertThat(webhook(upload).getMessage()).isEqualTo("Success");
        assertThat(jdbc.queryForObject(
                        "select count(*) from uploads where published_at is not null and announced_at is null",
                        Integer.class))
                .isZero();
        announcement(upload.getVideoId());
    }

    @Test
    void saysWhatDiffersWhenAnAcceptedUploadIsSaidAnotherTimeOtherwise() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        webhook(upload);
        UploadedWebhookRequest same = about(upload);

        for (Map.Entry<UploadedWebhookRequest, List<String>> other : Map.of(
                        same.toBuilder().setTitle("Unicode").build(), List.of("title"),
                        same.toBuilder().setDescription("Another").build(), List.of("description"),
                        same.toBuilder()
                                        .setThumbnailId(UUID.randomUUID().toString())
                                        .build(),
                                List.of("thumbnail_id"),
                        same.toBuilder().setTitle("A").setDescription("B").build(), List.of("title", "description"))
                .entrySet()) {
            Fault fault = fault(() -> as(ANN).uploadedWebhook(other.getKey()));
            assertThat(fault.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
            assertThat(fault.reason()).isEqualTo("ACCEPTED_OTHERWISE");
            assertThat(fault.fieldErrors()).containsOnlyKeys(other.getValue());
        }

        assertThat(webhook(upload).getMessage()).isEqualTo("Success");
        assertThat(announcement(upload.getVideoId()).path("data").path("title").asText())
                .isEqualTo("Ünïcode");
    }

    @Test
    void announcesWhoMaySeeItAsItsOwnerSays() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        UploadedWebhookRequest asPrivate =
                about(upload).toBuilder().setVisibility("private").build();

        assertThat(fault(() -> as(ANN).uploadedWebhook(asPrivate.toBuilder()
                                .setVisibility("secret")
                                .build()))
                        .fieldErrors())
                .isEqualTo(Map.of("visibility", List.of("visibility must be one of public, unlisted, private")));
        as(ANN).uploadedWebhook(asPrivate);

        assertThat(as(ANN).uploadedWebhook(asPrivate).getMessage()).isEqualTo("Success");
        assertThat(fault(() -> webhook(upload)).fieldErrors()).containsOnlyKeys("visibility");
        assertThat(announcement(upload.getVideoId())
                        .path("data")
                        .path("visibility")
                        .asText())
                .isEqualTo("private");
    }

    @Test
    void takesTextForTheSameHoweverItIsWritten() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        UploadedWebhookRequest apart = about(upload).toBuilder()
                .setTitle("U\u0308ni\u0308code\u202e")
                .setDescription("A description\r\nof two lines")
                .build();

        as(ANN).uploadedWebhook(apart);

        assertThat(webhook(upload).getMessage()).isEqualTo("Success");
        assertThat(as(ANN).uploadedWebhook(apart).getMessage()).isEqualTo("Success");
        JsonNode data = announcement(upload.getVideoId()).path("data");
        assertThat(data.path("title").asText()).isEqualTo("\u00dcn\u00efcode");
        assertThat(data.path("description").asText()).isEqualTo("A description\nof two lines");
        // As a former version has stored it.
        jdbc.update("update uploads set title = ? where video_id = ?::uuid", apart.getTitle(), upload.getVideoId());
        assertThat(webhook(upload).getMessage()).isEqualTo("Success");
    }

    @Test
    void acceptsOneOfTwoTitlesThatAreSaidAtOnceAndTellsTheOthers() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));

        List<CompletableFuture<String>> calls = Stream.of("One", "Two", "One", "Two", "One", "Two")
                .map(title -> CompletableFuture.supplyAsync(() -> {
                    try {
                        as(ANN).uploadedWebhook(about(upload).toBuilder()
                                .setTitle(title)
                                .build());
                        return title;
                    } catch (StatusRuntimeException e) {
                        return String.valueOf(Fault.from(e).fieldErrors().keySet());
                    }
                }))
                .toList();

        String kept =
                announcement(upload.getVideoId()).path("data").path("title").asText();
        assertThat(calls.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrder(kept, kept, kept, "[title]", "[title]", "[title]");
    }

    @Test
    void refusesTextThatNobodySeesOrThatIsNone() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));

        for (String title : List.of("\u200b", "\u3164\u3164", "\u2800 \u00ad", "\ufeff", "\u202e\u2066")) {
            assertThat(fault(() -> as(ANN).uploadedWebhook(about(upload).toBuilder()
                                    .setTitle(title)
                                    .build()))
                            .fieldErrors())
                    .isEqualTo(Map.of("title", List.of("title is required")));
        }
        Fault nul = fault(() -> as(ANN).uploadedWebhook(
                        about(upload).toBuilder().setDescription("a\0b").build()));
        assertThat(nul.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(nul.fieldErrors()).isEqualTo(Map.of("description", List.of("description must be valid text")));
    }

    @Test
    void refusesAVideoOfSomeoneElse() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(8);
        put(upload.getVideoUrl(), Form.video(1000));

        assertThat(fault(() -> webhook(upload)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(announcements(upload.getVideoId())).isEmpty();
    }

    @Test
    void refusesAVideoThatItGaveNoUrlTo() {
        CreatePresignedUrlResponseData unknown = CreatePresignedUrlResponseData.newBuilder()
                .setVideoId(UUID.randomUUID().toString())
                .setThumbnailId(UUID.randomUUID().toString())
                .build();

        Fault fault = fault(() -> webhook(unknown));

        assertThat(fault.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault.reason()).isEqualTo("UPLOAD_UNKNOWN");
    }

    @Test
    void refusesWhatIsNoVideoAndTakesOneInItsPlace() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        assertThat(fault(() -> webhook(upload)).fieldErrors())
                .containsOnly(Map.entry("video_id", List.of("video_id has no uploaded video yet")));

        put(upload.getVideoUrl(), new byte[0]);
        assertThat(fault(() -> webhook(upload)).fieldErrors())
                .containsOnly(Map.entry("video_id", List.of("video_id names an empty file")));

        put(upload.getVideoUrl(), Form.bytes("I am text"));
        assertThat(fault(() -> webhook(upload)).fieldErrors())
                .containsOnly(Map.entry("video_id", List.of("video_id does not name a video")));

        put(upload.getVideoUrl(), Form.video(41 << 20));
        assertThat(fault(() -> webhook(upload)).fieldErrors())
                .containsOnly(Map.entry("video_id", List.of("video_id names a file of more than 40 MiB")));

        put(upload.getVideoUrl(), Form.video(1000));
        put(upload.getThumbnailUrl(), Form.bytes("<svg/>"));
        assertThat(fault(() -> webhook(upload)).fieldErrors()).containsOnlyKeys("thumbnail_id");

        put(upload.getThumbnailUrl(), Form.PNG);
        webhook(upload);
        announcement(upload.getVideoId());
    }

    @Test
    void refusesCallsWithoutFieldsOrCaller() {
        assertThat(fault(() -> as(ANN).uploadedWebhook(UploadedWebhookRequest.getDefaultInstance()))
                        .fieldErrors())
                .containsOnlyKeys("video_id", "thumbnail_id", "title", "description");
        assertThat(fault(() -> asNobody().uploadedWebhook(UploadedWebhookRequest.getDefaultInstance()))
                        .code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void givesUrlsThatNobodyCanTurnToAnotherKey() throws Exception {
        CreatePresignedUrlResponseData mine = presigned(ANN);
        String turned =
                mine.getVideoUrl().replace(mine.getVideoId(), UUID.randomUUID().toString());

        assertThat(put(turned, Form.video(100))).isEqualTo(403);
    }

    @Test
    void saysWhatItAcceptedWhenTheFileIsReplacedAfterwards() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        webhook(upload);

        assertThat(put(upload.getVideoUrl(), Form.video(2000))).isEqualTo(200);
        webhook(upload);

        JsonNode data = announcement(upload.getVideoId()).path("data");
        assertThat(data.path("size").asLong()).isEqualTo(1000);
        assertThat(data.path("etag").asText())
                .isNotEqualTo(s3.headObject(
                                request -> request.bucket(Servers.BUCKET).key("raw-videos/" + upload.getVideoId()))
                        .eTag());
    }

    @Test
    void letsMetadataSetNothing() throws Exception {
        String[] hostile = {
            "camelsqlquery",
            "delete from uploads",
            "userid",
            "8",
            "accepted",
            "true",
            "x-user-role",
            "admin",
            "size",
            "1"
        };
        CreatePresignedUrlResponseData mine = as(ANN, hostile)
                .createPresignedUrl(CreatePresignedUrlRequest.getDefaultInstance())
                .getData();
        assertThat(jdbc.queryForObject(
                        "select user_id from uploads where video_id = ?::uuid", Integer.class, mine.getVideoId()))
                .isEqualTo(ANN);
        assertThat(fault(() -> as(ANN, hostile).uploadedWebhook(about(mine))).fieldErrors())
                .containsOnlyKeys("video_id");

        CreatePresignedUrlResponseData others = presigned(8);
        put(others.getVideoUrl(), Form.video(1000));
        assertThat(fault(() -> as(ANN, hostile).uploadedWebhook(about(others))).code())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void takesNobodyForAUser() {
        for (String nobody : List.of("0", "-1", "+7", "7 or 1=1", "99999999999")) {
            assertThat(fault(() -> asNobody()
                                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(named(nobody)))
                                    .createPresignedUrl(CreatePresignedUrlRequest.getDefaultInstance()))
                            .code())
                    .as(nobody)
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    private String etag(String key) {
        return s3.headObject(request -> request.bucket(Servers.BUCKET).key(key)).eTag();
    }

    private static Metadata named(String user) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("x-user-id", Metadata.ASCII_STRING_MARSHALLER), user);
        return metadata;
    }
}
