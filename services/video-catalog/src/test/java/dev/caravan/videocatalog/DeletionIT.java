package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.GetResponse;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.DeleteMineRequest;
import dev.caravan.proto.videocatalog.DeleteMineResponseData;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** video-catalog-delete for good, video-catalog-refuse-change, outbox-relay, video-catalog-sweep. */
class DeletionIT extends CatalogTestBase {

    @Test
    void takesAVideoOutOfTheCatalogueAndTellsOthers() throws Exception {
        Messages messages = Messages.about(newUser(), "Going");
        int id = ready(messages);
        await().until(() -> jdbc.queryForObject("SELECT count(*) FROM outbox", Integer.class) == 0);
        publisher.drain("UploadEvents");
        publisher.drain("EncodeEvents");

        delete(as(messages.userId()), id);

        assertThat(mine(messages.userId())).isEmpty();
        assertThat(all(messages.userId())).isEmpty();
        assertThat(fault(() -> find(anybody(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> find(as(messages.userId()), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> find(admin(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        for (String queue : List.of("UploadEvents", "EncodeEvents")) {
            GetResponse message = publisher.take(queue);
            JsonNode json = new ObjectMapper().readTree(message.getBody());
            assertThat(json.path("key").asText()).isEqualTo("VideoDeleted");
            assertThat(json.path("data").path("original_id").asText()).isEqualTo(messages.videoId());
            assertThat(json.path("data").path("user_id").asInt()).isEqualTo(messages.userId());
            assertThat(message.getProps().getContentType()).isEqualTo("application/json");
            assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
            assertThat(message.getProps().getHeaders().get("x-request-id")).hasToString("request-7");
        }
        await().until(() -> jdbc.queryForObject("SELECT count(*) FROM outbox", Integer.class) == 0);
    }

    @Test
    void isToldToAQueueThatHasLostItsBinding() throws Exception {
        Messages messages = Messages.about(newUser(), "Unbound");
        int id = ready(messages);
        publisher.unbind("EncodeEvents", "VideoDeleted");

        delete(as(messages.userId()), id);

        takeNews(messages);
    }

    @Test
    void isToldOnceMoreADayLater() throws Exception {
        Messages messages = Messages.about(newUser(), "Told twice");
        delete(admin(), ready(messages));
        takeNews(messages);

        jdbc.update(
                "UPDATE videos SET deleted_at = now() - interval '25 hours' WHERE original_id = ?", messages.videoId());

        takeNews(messages);
        assertThat(jdbc.queryForObject(
                        "SELECT told_again_at IS NOT NULL FROM videos WHERE original_id = ?",
                        Boolean.class,
                        messages.videoId()))
                .isTrue();
    }

    @Test
    void isForTheOwnerAndForAdministrators() throws Exception {
        Messages messages = Messages.about(newUser(), "Mine");
        int id = ready(messages);
        Messages hidden = Messages.about(messages.userId(), "Hidden");
        publisher.publish("EncodeUploadedVideo", hidden.uploaded());
        await().until(() -> state(hidden).equals("uploaded"));
        int hiddenId = video(hidden).orElseThrow().getId();
        int other = newUser();

        Fault anonymous = fault(() -> delete(anybody(), id));
        Fault visible = fault(() -> delete(as(other), id));
        Fault invisible = fault(() -> delete(as(other), hiddenId));
        Fault missing = fault(() -> delete(as(other), Integer.MAX_VALUE));

        assertThat(anonymous.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(visible.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(invisible.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(invisible.getMessage()).isEqualTo(missing.getMessage());
        assertThat(mine(messages.userId())).hasSize(2);
        delete(admin(), id);
        delete(admin(), hiddenId);
        assertThat(mine(messages.userId())).isEmpty();
    }

    /** video-catalog-delete-mine. */
    @Test
    void takesAllOfAUserOutOfTheCatalogueAndNothingOfOthers() throws Exception {
        int user = newUser();
        Messages trashed = Messages.about(user, "In the trash");
        int id = ready(trashed);
        as(user).delete(DeleteRequest.newBuilder().setId(id).build());
        Messages shown = Messages.about(user, "Shown");
        ready(shown);
        Messages encoding = Messages.about(user, "Uploaded");
        publisher.publish("EncodeUploadedVideo", encoding.uploaded());
        await().until(() -> state(encoding).equals("uploaded"));
        Messages others = Messages.about(newUser(), "Another's");
        ready(others);

        DeleteMineResponseData first =
                as(user).deleteMine(DeleteMineRequest.getDefaultInstance()).getData();
        DeleteMineResponseData again =
                as(user).deleteMine(DeleteMineRequest.getDefaultInstance()).getData();

        assertThat(first.getDeleted()).isEqualTo(3);
        assertThat(first.getRemaining()).isZero();
        assertThat(again.getDeleted()).isZero();
        assertThat(mine(user)).isEmpty();
        assertThat(mine(others.userId())).hasSize(1);
        assertThat(fault(() -> anybody().deleteMine(DeleteMineRequest.getDefaultInstance()))
                        .code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM videos WHERE user_id = ? AND (deleted_at IS NULL OR title <> '')",
                        Integer.class,
                        user))
                .isZero();
    }

    @Test
    void isDoneOnce() throws Exception {
        Messages messages = Messages.about(newUser(), "Twice");
        int id = ready(messages);

        delete(as(messages.userId()), id);

        assertThat(fault(() -> delete(as(messages.userId()), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> delete(admin(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void neitherOrBothAreThereOfADeletionAndItsNews() throws Exception {
        Messages messages = Messages.about(newUser(), "One statement");
        int id = ready(messages);
        jdbc.execute("ALTER TABLE outbox ADD CONSTRAINT full_disk CHECK (body = '') NOT VALID");
        try {
            assertThat(fault(() -> delete(as(messages.userId()), id)).code()).isEqualTo(Status.Code.INTERNAL);
        } finally {
            jdbc.execute("ALTER TABLE outbox DROP CONSTRAINT full_disk");
        }

        assertThat(state(messages)).isEqualTo("ready");
    }

    @Test
    void forgetsTombstonesAfterALongTimeButNotWhileALetterIsOpen() throws Exception {
        Messages old = Messages.about(newUser(), "Long ago");
        Messages young = Messages.about(newUser(), "Lately");
        Messages disputed = Messages.about(newUser(), "With a letter");
        for (Messages messages : List.of(old, young, disputed)) {
            delete(admin(), ready(messages));
        }
        forgetLetters();
        publisher.sendTo(Publisher.COMPLETED_QUEUE, disputed.completed().replace("\"user_id\": ", "\"user_id\": -"));
        assertThat(awaitLetter().getVideoId()).isEqualTo(disputed.videoId());
        jdbc.update(
                "UPDATE videos SET deleted_at = now() - interval '31 days' WHERE original_id IN (?, ?)",
                old.videoId(),
                disputed.videoId());

        await().until(() -> !tombstone(old));
        assertThat(tombstone(young)).isTrue();
        assertThat(tombstone(disputed)).isTrue();
        jdbc.update("UPDATE dead_letters SET state = 'discarded', closed_at = now() - interval '31 days'");
        await().until(() -> !tombstone(disputed));
        await().until(() -> jdbc.queryForObject("SELECT count(*) FROM dead_letters", Integer.class) == 0);
        assertThat(tombstone(young)).isTrue();
    }

    /** Takes what comes to who removes a video's files, up to the news that this one is deleted. */
    private void takeNews(Messages messages) {
        for (String queue : List.of("UploadEvents", "EncodeEvents")) {
            String news = "";
            while (!news.contains("VideoDeleted") || !news.contains(messages.videoId())) {
                news = new String(publisher.take(queue).getBody(), StandardCharsets.UTF_8);
            }
        }
    }

    private boolean tombstone(Messages messages) {
        return jdbc.queryForObject(
                        "SELECT count(*) FROM videos WHERE original_id = ?", Integer.class, messages.videoId())
                == 1;
    }

    private static void delete(VideoCatalogServiceBlockingStub caller, int id) {
        caller.delete(DeleteRequest.newBuilder().setId(id).setPermanently(true).build());
    }

    private List<Video> all(int owner) {
        return anybody()
                .findAll(FindAllRequest.newBuilder().setOwner(owner).build())
                .getData()
                .getVideosList();
    }
}
