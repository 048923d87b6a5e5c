package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.CreateLinkRequest;
import dev.caravan.proto.videocatalog.CreateLinkResponseData;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindLinksRequest;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.Link;
import dev.caravan.proto.videocatalog.RestoreRequest;
import dev.caravan.proto.videocatalog.RevokeLinkRequest;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what: public, unlisted, private and trashed videos, by lists, searches, their address and links of them. */
class VisibilityIT extends CatalogTestBase {

    @Test
    void showsAnUnlistedVideoToWhoHasItsAddressAndInNoList() throws Exception {
        Messages messages = Messages.about(newUser(), "Unlisted xylophone");
        int id = ready(messages);

        show(messages, id, "unlisted");

        assertThat(find(anybody(), id).getManifestUrl()).isNotEmpty();
        assertThat(listed(anybody(), messages.userId(), "")).isEmpty();
        assertThat(listed(anybody(), messages.userId(), "xylophone")).isEmpty();
        assertThat(listed(anybody(), 0, "xylophone")).doesNotContain(id);
        assertThat(listed(as(messages.userId()), 0, "xylophone")).doesNotContain(id);
        assertThat(mine(messages.userId())).extracting(Video::getId).containsExactly(id);
    }

    @Test
    void showsAPrivateVideoToItsOwnerAndToAdministrators() throws Exception {
        Messages messages = Messages.about(newUser(), "Private xylophone");
        int id = ready(messages);

        show(messages, id, "private");

        assertThat(fault(() -> find(anybody(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> find(as(newUser()), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> remove(as(newUser()), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(find(as(messages.userId()), id).getManifestUrl()).isNotEmpty();
        assertThat(find(admin(), id).getManifestUrl()).isNotEmpty();
        assertThat(listed(anybody(), 0, "xylophone")).doesNotContain(id);
        assertThat(listed(anybody(), messages.userId(), "")).isEmpty();

        show(messages, id, "public");

        assertThat(find(anybody(), id).getManifestUrl()).isNotEmpty();
        assertThat(listed(anybody(), messages.userId(), "xylophone")).containsExactly(id);
    }

    @Test
    void showsNobodyAVideoThatWasUploadedAsPrivateInWhateverOrderItsEventsCome() throws Exception {
        int owner = newUser();
        Messages first = Messages.about(owner, "Announced first");
        Messages last = Messages.about(owner, "Announced last");

        publisher.publish("EncodeUploadedVideo", first.seenBy("private", first.uploaded()));
        // An encoder of a former version says nothing of it.
        publisher.publish("VideoEncodingCompleted", first.completed());
        publisher.publish("VideoEncodingCompleted", last.seenBy("private", last.completed()));
        publisher.publish("EncodeUploadedVideo", last.seenBy("private", last.uploaded()));
        awaitAllEvents(owner);

        assertThat(listed(anybody(), owner, "Announced")).isEmpty();
        for (Messages messages : List.of(first, last)) {
            Video video = video(messages).orElseThrow();
            assertThat(video.getVisibility()).isEqualTo("private");
            assertThat(fault(() -> find(anybody(), video.getId())).code()).isEqualTo(Status.Code.NOT_FOUND);
        }
    }

    @Test
    void leavesToTheOwnerWhoMaySeeItOnceHeHasChangedIt() throws Exception {
        Messages messages = Messages.about(newUser(), "Shown after all");
        publisher.publish("EncodeUploadedVideo", messages.seenBy("private", messages.uploaded()));
        await().until(() -> video(messages).isPresent());
        show(messages, video(messages).orElseThrow().getId(), "public");

        publisher.publish("VideoEncodingCompleted", messages.seenBy("private", messages.completed()));

        await().until(() -> state(messages).equals("ready"));
        assertThat(listed(anybody(), messages.userId(), "")).hasSize(1);
    }

    @Test
    void countsNothingThatItDoesNotShow() throws Exception {
        Messages messages = Messages.about(newUser(), "Counted");
        int id = ready(messages);
        ready(Messages.about(messages.userId(), "Counted too"));
        show(messages, id, "private");

        var list = anybody()
                .findAll(FindAllRequest.newBuilder().setOwner(messages.userId()).build())
                .getData();
        var search = anybody()
                .findAll(FindAllRequest.newBuilder()
                        .setOwner(messages.userId())
                        .setSearch("counted")
                        .build())
                .getData();

        assertThat(list.getTotal()).isEqualTo(1);
        assertThat(search.getTotal()).isEqualTo(1);
    }

    @Test
    void showsAdministratorsFailedVideosOfAnyVisibility() throws Exception {
        Messages messages = Messages.about(newUser(), "Failed in private");
        publisher.publish("VideoEncodingFailed", messages.failed(1, "It is no video."));
        await().until(() -> state(messages).equals("failed"));
        int id = video(messages).orElseThrow().getId();
        show(messages, id, "private");

        assertThat(admin().findAll(FindAllRequest.newBuilder()
                                .setState("failed")
                                .setOwner(messages.userId())
                                .build())
                        .getData()
                        .getVideosList())
                .extracting(Video::getId)
                .containsExactly(id);
    }

    @Test
    void becomesPublicAtItsTimeWithThatDate() throws Exception {
        Messages messages = Messages.about(newUser(), "Premiere");
        int id = ready(messages);
        Instant time = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);

        Video waiting = as(messages.userId())
                .update(UpdateRequest.newBuilder()
                        .setId(id)
                        .setPublishAt(time.toString())
                        .build())
                .getData()
                .getVideo();

        assertThat(waiting.getVisibility()).isEqualTo("private");
        assertThat(Instant.parse(waiting.getPublishAt())).isEqualTo(time);
        assertThat(fault(() -> find(anybody(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        await().until(() -> listed(anybody(), messages.userId(), "").equals(List.of(id)));
        assertThat(Instant.now()).isAfterOrEqualTo(time);
        Video shown = find(anybody(), id).getVideo();
        assertThat(shown.getPublishedAt()).startsWith(time.toString().substring(0, 19));
        assertThat(shown.hasPublishAt()).isFalse();
        assertThat(shown.getVisibility()).isEqualTo("public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "unlisted", "public"})
    void forgetsTheTimeWhenItsOwnerSaysWhoMaySeeIt(String visibility) throws Exception {
        Messages messages = Messages.about(newUser(), "Not at a time");
        int id = ready(messages);
        as(messages.userId())
                .update(UpdateRequest.newBuilder()
                        .setId(id)
                        .setPublishAt(Instant.now().plusSeconds(3600).toString())
                        .build());

        show(messages, id, visibility);

        Video video = find(as(messages.userId()), id).getVideo();
        assertThat(video.hasPublishAt()).isFalse();
        assertThat(video.getVisibility()).isEqualTo(visibility);
    }

    @Test
    void hasTheDateOfTheFirstTimeThatEverybodyCouldSeeIt() throws Exception {
        Messages messages = Messages.about(newUser(), "Dated");
        int id = ready(messages);
        String uploaded = find(anybody(), id).getVideo().getPublishedAt();

        show(messages, id, "private");
        show(messages, id, "public");

        assertThat(find(anybody(), id).getVideo().getPublishedAt()).isEqualTo(uploaded);
    }

    @Test
    void isHiddenInTheTrashUntilItsOwnerHasItBack() throws Exception {
        Messages messages = Messages.about(newUser(), "Thrown away");
        int id = ready(messages);

        remove(as(messages.userId()), id);

        for (VideoCatalogServiceBlockingStub caller : List.of(anybody(), as(messages.userId()), admin())) {
            assertThat(fault(() -> find(caller, id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        }
        assertThat(mine(messages.userId())).isEmpty();
        assertThat(listed(anybody(), messages.userId(), "")).isEmpty();
        assertThat(listed(anybody(), messages.userId(), "thrown")).isEmpty();
        assertThat(trash(messages.userId())).singleElement().satisfies(video -> {
            assertThat(video.getId()).isEqualTo(id);
            assertThat(Instant.parse(video.getRestorableUntil()))
                    .isBetween(
                            Instant.now().plus(13, ChronoUnit.DAYS),
                            Instant.now().plus(14, ChronoUnit.DAYS));
        });
        assertThat(trash(newUser())).isEmpty();
        assertThat(fault(() -> restore(as(newUser()), id)).code()).isEqualTo(Status.Code.NOT_FOUND);

        Video back = restore(as(messages.userId()), id);

        assertThat(back.getTitle()).isEqualTo("Thrown away");
        assertThat(back.hasRestorableUntil()).isFalse();
        assertThat(find(anybody(), id).getManifestUrl()).isNotEmpty();
        assertThat(trash(messages.userId())).isEmpty();
        assertThat(fault(() -> restore(as(messages.userId()), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void isDeletedForGoodFromTheTrashAtOnceOrInTime() throws Exception {
        Messages atOnce = Messages.about(newUser(), "At once");
        Messages inTime = Messages.about(newUser(), "In time");
        Messages kept = Messages.about(newUser(), "Kept");
        for (Messages messages : List.of(atOnce, inTime, kept)) {
            remove(as(messages.userId()), ready(messages));
        }

        int id = trash(atOnce.userId()).get(0).getId();
        as(atOnce.userId())
                .delete(DeleteRequest.newBuilder()
                        .setId(id)
                        .setPermanently(true)
                        .build());
        jdbc.update(
                "UPDATE videos SET trashed_at = now() - interval '15 days' WHERE original_id = ?", inTime.videoId());

        assertThat(deleted(atOnce)).isTrue();
        await().until(() -> deleted(inTime));
        assertThat(trash(inTime.userId())).isEmpty();
        assertThat(deleted(kept)).isFalse();
        assertThat(trash(kept.userId())).hasSize(1);
    }

    @Test
    void showsAPrivateVideoToWhoHasALinkUntilItIsRevokedOrExpires() throws Exception {
        Messages messages = Messages.about(newUser(), "Linked");
        int id = ready(messages);
        show(messages, id, "private");

        CreateLinkResponseData made = link(as(messages.userId()), id);
        CreateLinkResponseData other = link(as(messages.userId()), id);

        assertThat(findBy(made.getSecret(), id).getTitle()).isEqualTo("Linked");
        assertThat(fault(() -> findBy(made.getSecret() + "x", id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> findBy("x".repeat(10_000), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(links(messages.userId(), id))
                .extracting(Link::getId)
                .containsExactly(made.getLink().getId(), other.getLink().getId());
        assertThat(jdbc.queryForList("SELECT encode(secret, 'escape') FROM video_links", String.class))
                .noneMatch(stored -> stored.contains(made.getSecret()));

        revoke(as(messages.userId()), id, made.getLink().getId());
        assertThat(fault(() -> findBy(made.getSecret(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> revoke(as(messages.userId()), id, made.getLink().getId()))
                        .code())
                .isEqualTo(Status.Code.NOT_FOUND);

        jdbc.update(
                "UPDATE video_links SET expires_at = now() WHERE id = ?",
                other.getLink().getId());
        assertThat(fault(() -> findBy(other.getSecret(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        await().until(() ->
                jdbc.queryForObject("SELECT count(*) FROM video_links WHERE video_id = ?", Integer.class, id) == 0);
    }

    @Test
    void opensWithALinkItsVideoAloneAndNothingThatIsNotThere() throws Exception {
        Messages messages = Messages.about(newUser(), "One of two");
        int id = ready(messages);
        int other = ready(Messages.about(messages.userId(), "The other"));
        show(messages, id, "private");
        show(messages, other, "private");
        String secret = link(as(messages.userId()), id).getSecret();

        assertThat(fault(() -> findBy(secret, other)).code()).isEqualTo(Status.Code.NOT_FOUND);
        remove(as(messages.userId()), id);
        assertThat(fault(() -> findBy(secret, id)).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void letsNobodyButTheOwnerMakeSeeOrEndLinks() throws Exception {
        Messages messages = Messages.about(newUser(), "Links of mine");
        int id = ready(messages);
        int made = link(as(messages.userId()), id).getLink().getId();
        int other = newUser();

        assertThat(fault(() -> link(as(other), id)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> links(other, id)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> revoke(as(other), id, made)).code()).isEqualTo(Status.Code.NOT_FOUND);
        show(messages, id, "private");
        assertThat(fault(() -> link(as(other), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> links(other, id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(links(messages.userId(), id)).hasSize(1);
    }

    @Test
    void makesNoMoreLinksThanAnybodyHandsOut() throws Exception {
        Messages messages = Messages.about(newUser(), "Many links");
        int id = ready(messages);
        jdbc.update("""
                INSERT INTO video_links (video_id, secret, expires_at)
                SELECT ?, convert_to(CAST(n AS text) || ?, 'UTF8'), now() + interval '1 day'
                FROM generate_series(1, 100) AS n
                """, id, messages.videoId());

        Fault fault = fault(() -> link(as(messages.userId()), id));

        assertThat(fault.reason()).isEqualTo("TOO_MANY_LINKS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2020-01-01T00:00:00Z", "9999-01-01T00:00:00Z"})
    void makesNoLinkThatHasNoEndOrOneThatWas(String expiry) throws Exception {
        Messages messages = Messages.about(newUser(), "Link");
        int id = ready(messages);

        Fault fault = fault(() -> as(messages.userId())
                .createLink(CreateLinkRequest.newBuilder()
                        .setId(id)
                        .setExpiresAt(expiry)
                        .build()));

        assertThat(fault.fieldErrors()).containsOnlyKeys("expires_at");
    }

    private void show(Messages messages, int id, String visibility) {
        as(messages.userId())
                .update(UpdateRequest.newBuilder()
                        .setId(id)
                        .setVisibility(visibility)
                        .build());
    }

    private static void remove(VideoCatalogServiceBlockingStub caller, int id) {
        caller.delete(DeleteRequest.newBuilder().setId(id).build());
    }

    private static Video restore(VideoCatalogServiceBlockingStub caller, int id) {
        return caller.restore(RestoreRequest.newBuilder().setId(id).build())
                .getData()
                .getVideo();
    }

    private List<Video> trash(int user) {
        return as(user).findMine(FindMineRequest.newBuilder().setTrashed(true).build())
                .getData()
                .getVideosList();
    }

    private boolean deleted(Messages messages) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT deleted_at IS NOT NULL FROM videos WHERE original_id = ?", Boolean.class, messages.videoId()));
    }

    private static List<Integer> listed(VideoCatalogServiceBlockingStub caller, int owner, String search) {
        return caller
                .findAll(FindAllRequest.newBuilder()
                        .setOwner(owner)
                        .setSearch(search)
                        .setSize(100)
                        .build())
                .getData()
                .getVideosList()
                .stream()
                .map(Video::getId)
                .toList();
    }

    private static CreateLinkResponseData link(VideoCatalogServiceBlockingStub caller, int id) {
        return caller.createLink(CreateLinkRequest.newBuilder().setId(id).build())
                .getData();
    }

    private List<Link> links(int user, int id) {
        return as(user).findLinks(FindLinksRequest.newBuilder().setId(id).build())
                .getData()
                .getLinksList();
    }

    private static void revoke(VideoCatalogServiceBlockingStub caller, int id, int link) {
        caller.revokeLink(
                RevokeLinkRequest.newBuilder().setId(id).setLinkId(link).build());
    }

    private Video findBy(String secret, int id) {
        return anybody()
                .findById(FindByIdRequest.newBuilder().setId(id).setLink(secret).build())
                .getData()
                .getVideo();
    }
}
