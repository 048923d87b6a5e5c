package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.proto.upload.EndUploadsRequest;
import dev.caravan.upload.direct.Form;
import io.grpc.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** What nobody published goes, and nothing else: upload-sweep, upload-sweep-objects, upload-sweep-parts. */
class SweepIT extends UploadTestBase {

    private static final Duration OLD = Duration.ofHours(25);

    @BeforeEach
    void haveKnownUploadsForTenDays() {
        jdbc.update("update uploads_known_since set moment = now() - interval '10 days'");
    }

    @AfterEach
    void haveKnownUploadsSinceNow() {
        jdbc.update("update uploads_known_since set moment = now()");
    }

    @Test
    void removesWhatNobodyHadPublishedWithinADay() throws Exception {
        CreatePresignedUrlResponseData old = presigned(ANN);
        put(old.getVideoUrl(), Form.video(1000));
        put(old.getThumbnailUrl(), Form.PNG);
        CreatePresignedUrlResponseData died = presigned(ANN);
        beginParts("raw-videos/" + died.getVideoId());
        CreatePresignedUrlResponseData fresh = presigned(ANN);
        put(fresh.getVideoUrl(), Form.video(1000));

        makeOld(old);
        makeOld(died);

        await().atMost(PATIENCE).until(() -> !isKnown(old.getVideoId()) && !isKnown(died.getVideoId()));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(stored())
                    .contains("raw-videos/" + fresh.getVideoId())
                    .doesNotContain("raw-videos/" + old.getVideoId(), "thumbnails/" + old.getThumbnailId());
            assertThat(begun()).doesNotContain("raw-videos/" + died.getVideoId());
        });
        assertThat(isKnown(fresh.getVideoId())).isTrue();
        assertThat(fault(() -> webhook(old)).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    /** upload-end-uploads. */
    @Test
    void endsWhatAUserHasBegunAndNothingElse() throws Exception {
        int user = 7_001;
        CreatePresignedUrlResponseData open = presigned(user);
        put(open.getVideoUrl(), Form.video(1000));
        CreatePresignedUrlResponseData published = presigned(user);
        put(published.getVideoUrl(), Form.video(1000));
        as(user).uploadedWebhook(about(published));
        CreatePresignedUrlResponseData others = presigned(ANN);

        assertThat(endUploads(user)).isEqualTo(1);

        assertThat(isKnown(open.getVideoId())).isFalse();
        assertThat(stored())
                .contains("raw-videos/" + published.getVideoId())
                .doesNotContain("raw-videos/" + open.getVideoId());
        assertThat(fault(() -> as(user).uploadedWebhook(about(open))).reason()).isEqualTo("UPLOAD_UNKNOWN");
        assertThat(isKnown(published.getVideoId())).isTrue();
        assertThat(isKnown(others.getVideoId())).isTrue();
        assertThat(endUploads(user)).as("again").isZero();
        EndUploadsRequest own = EndUploadsRequest.newBuilder().setId(user).build();
        assertThat(as(user).endUploads(own).getData().getKept()).isEqualTo(1);
        assertThat(fault(() -> as(ANN).endUploads(own)).reason()).isEqualTo("NOT_THE_OWNER");
    }

    @Test
    void removesObjectsThatNoUploadIsOfAndNoOthers() throws Exception {
        CreatePresignedUrlResponseData known = presigned(ANN);
        put(known.getVideoUrl(), Form.video(1000));
        put(known.getThumbnailUrl(), Form.PNG);
        webhook(known);
        Servers.get().age(known.getVideoId(), Duration.ofDays(5));
        Servers.get().age(known.getThumbnailId(), Duration.ofDays(5));
        String video = "raw-videos/" + stray(OLD);
        String thumbnail = "thumbnails/" + strayAt("thumbnails/" + UUID.randomUUID(), OLD);
        String young = "raw-videos/" + stray(Duration.ofHours(23));
        String beforeOurTime = "raw-videos/" + stray(Duration.ofDays(11));
        String foreign = "raw-videos/" + strayAt("raw-videos/readme-" + UUID.randomUUID(), OLD);
        String encoded = "encoded-videos/" + strayAt("encoded-videos/" + UUID.randomUUID(), OLD);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).doesNotContain(video, thumbnail));
        // The next round goes through all of it again.
        String next = "raw-videos/" + stray(OLD);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).doesNotContain(next));
        assertThat(stored())
                .contains(
                        "raw-videos/" + known.getVideoId(),
                        "thumbnails/" + known.getThumbnailId(),
                        young,
                        beforeOurTime,
                        foreign,
                        encoded);
    }

    @Test
    void endsMultipartUploadsThatNobodyCompleted() throws Exception {
        String old = "raw-videos/" + UUID.randomUUID();
        String oldThumbnail = "thumbnails/" + UUID.randomUUID();
        String young = "raw-videos/" + UUID.randomUUID();
        String foreign = "encoded-videos/" + UUID.randomUUID();
        for (String key : List.of(old, oldThumbnail, young, foreign)) {
            beginParts(key);
            Servers.get().age(key.substring(key.indexOf('/') + 1), key.equals(young) ? Duration.ofHours(23) : OLD);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(begun()).doesNotContain(old, oldThumbnail));
        assertThat(begun()).contains(young, foreign);
        s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET))
                .uploads()
                .forEach(upload -> s3.abortMultipartUpload(request ->
                        request.bucket(Servers.BUCKET).key(upload.key()).uploadId(upload.uploadId())));
    }

    @Test
    void saysThatAnUploadIsGoneWhichIsTakenWhileItIsBeingAccepted() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        CompletableFuture<Fault> webhook;
        try (Connection sweep = Objects.requireNonNull(jdbc.getDataSource()).getConnection()) {
            sweep.setAutoCommit(false);
            try (PreparedStatement take = sweep.prepareStatement("delete from uploads where video_id = ?::uuid")) {
                take.setString(1, upload.getVideoId());
                take.executeUpdate();
            }
            webhook =
                    CompletableFuture.supplyAsync(() -> fault(() -> webhook(upload)), task -> new Thread(task).start());
            await("the webhook waits for the sweep")
                    .atMost(PATIENCE)
                    .until(() -> jdbc.queryForObject(
                                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock'",
                                    Integer.class)
                            > 0);
            sweep.commit();
            sweep.setAutoCommit(true);
        }

        assertThat(webhook.get(1, TimeUnit.MINUTES).reason()).isEqualTo("UPLOAD_UNKNOWN");
        assertThat(announcements(upload.getVideoId())).isEmpty();
    }

    @Test
    void leavesAnUploadThatIsAcceptedWhileItIsLookedAt() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        try (Connection webhook = Objects.requireNonNull(jdbc.getDataSource()).getConnection()) {
            webhook.setAutoCommit(false);
            accept(webhook, upload.getVideoId());
            CreatePresignedUrlResponseData other = presigned(ANN);
            makeOld(other);
            await("a sweep went by").atMost(PATIENCE).until(() -> !isKnown(other.getVideoId()));
            webhook.commit();
            webhook.setAutoCommit(true);
        }

        assertThat(isKnown(upload.getVideoId())).isTrue();
        assertThat(stored()).contains("raw-videos/" + upload.getVideoId());
        await().atMost(PATIENCE).until(() -> isAnnounced(upload.getVideoId()));
    }

    @Test
    void eitherPublishesOrRemovesWhatIsPublishedAtTheLastMoment() throws Exception {
        List<CreatePresignedUrlResponseData> uploads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CreatePresignedUrlResponseData upload = presigned(ANN);
            put(upload.getVideoUrl(), Form.video(1000));
            uploads.add(upload);
        }
        List<CompletableFuture<Boolean>> webhooks = new ArrayList<>();
        for (CreatePresignedUrlResponseData upload : uploads) {
            makeOld(upload);
            webhooks.add(CompletableFuture.supplyAsync(() -> isAccepted(upload), task -> new Thread(task).start()));
        }

        for (int i = 0; i < uploads.size(); i++) {
            String video = uploads.get(i).getVideoId();
            if (webhooks.get(i).get(1, TimeUnit.MINUTES)) {
                await().atMost(PATIENCE).until(() -> isAnnounced(video));
                assertThat(stored()).contains("raw-videos/" + video);
            } else {
                await().atMost(PATIENCE).until(() -> !stored().contains("raw-videos/" + video));
                assertThat(isKnown(video)).isFalse();
            }
        }
    }

    private boolean isAccepted(CreatePresignedUrlResponseData upload) {
        try {
            return webhook(upload).getMessage().equals("Success");
        } catch (io.grpc.StatusRuntimeException e) {
            // Its row is gone, or its object, which goes after the row.
            assertThat(e.getStatus().getCode()).isIn(Status.Code.NOT_FOUND, Status.Code.INVALID_ARGUMENT);
            return false;
        }
    }

    /** As a webhook does that has not committed yet. */
    private static void accept(Connection connection, String video) throws SQLException {
        try (PreparedStatement accept = connection.prepareStatement("update uploads set title = 't', description = 'd',"
                + " created_at = now() - interval '25 hours', published_at = now(), announce_after = now()"
                + " where video_id = ?::uuid")) {
            accept.setString(1, video);
            accept.executeUpdate();
        }
    }

    private void makeOld(CreatePresignedUrlResponseData upload) {
        jdbc.update(
                "update uploads set created_at = now() - interval '25 hours' where video_id = ?::uuid",
                upload.getVideoId());
    }

    private String stray(Duration age) throws Exception {
        return strayAt("raw-videos/" + UUID.randomUUID(), age);
    }

    /** Puts an object that no upload is of; gives its name within its folder. */
    private String strayAt(String key, Duration age) throws Exception {
        s3.putObject(request -> request.bucket(Servers.BUCKET).key(key), RequestBody.fromBytes(Form.video(100)));
        String name = key.substring(key.indexOf('/') + 1);
        Servers.get().age(name, age);
        return name;
    }

    private void beginParts(String key) {
        s3.createMultipartUpload(request -> request.bucket(Servers.BUCKET).key(key));
    }

    private List<String> begun() {
        return s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    private int endUploads(int user) {
        return as(1, Headers.USER_ROLE, Headers.ADMIN)
                .endUploads(EndUploadsRequest.newBuilder().setId(user).build())
                .getData()
                .getEnded();
    }
}
