package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.ChangeManyRequest;
import dev.caravan.proto.videocatalog.ChangeManyResponseData;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.Refusal;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Status;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What owners change of their videos, one or many, and the list of their own. */
class EditingIT extends CatalogTestBase {

    @Test
    void changesWhatIsSaidAndLeavesTheRest() throws Exception {
        Messages messages = Messages.about(newUser(), "Before");
        int id = ready(messages);

        Video changed = update(
                as(messages.userId()),
                UpdateRequest.newBuilder()
                        .setId(id)
                        .setTitle("  A\u0308fter ")
                        .setTags(list("cats", " cats ", "", "\u202Edogs"))
                        .setLanguage("PT-br")
                        .setLicence("CC BY 3.0")
                        .setEmbedOrigins(list("https://Example.org", "https://*.example.com:8443"))
                        .setDownloads("source"));

        assertThat(changed.getTitle()).isEqualTo("  \u00c4fter ");
        assertThat(changed.getDescription()).isEqualTo("A description");
        assertThat(changed.getTagsList()).containsExactly("cats", "dogs");
        assertThat(changed.getLanguage()).isEqualTo("pt-BR");
        assertThat(changed.getLicence()).isEqualTo("CC BY 3.0");
        assertThat(changed.getEmbedOriginsList()).containsExactly("https://example.org", "https://*.example.com:8443");
        assertThat(changed.getDownloads()).isEqualTo("source");
        assertThat(changed.getVisibility()).isEqualTo("public");
        assertThat(changed.getRevision()).isEqualTo(2);
        assertThat(find(anybody(), id).getVideo()).isEqualTo(changed);

        Video cleared = update(
                as(messages.userId()),
                UpdateRequest.newBuilder()
                        .setId(id)
                        .setTags(list())
                        .setLanguage("")
                        .setLicence("")
                        .setEmbedOrigins(list()));

        assertThat(cleared.getTagsList()).isEmpty();
        assertThat(cleared.hasLanguage()).isFalse();
        assertThat(cleared.hasLicence()).isFalse();
        assertThat(cleared.getEmbedOriginsList()).isEmpty();
        assertThat(cleared.getDownloads()).isEqualTo("source");
        assertThat(cleared.getTitle()).isEqualTo("  \u00c4fter ");
    }

    @Test
    void isNotUndoneByWhatTheEncoderStillTells() throws Exception {
        Messages messages = Messages.about(newUser(), "As it was uploaded");
        int id = ready(messages);
        update(as(messages.userId()), UpdateRequest.newBuilder().setId(id).setTitle("As it was edited"));

        publisher.publish("VideoEncodingCompleted", messages.completed(2));

        await().until(() -> jdbc.queryForObject("SELECT attempt FROM videos WHERE id = ?", Integer.class, id) == 2);
        assertThat(video(messages).orElseThrow().getTitle()).isEqualTo("As it was edited");
    }

    @Test
    void isOfTheRevisionThatTheEditorHasSeen() throws Exception {
        Messages messages = Messages.about(newUser(), "Two editors");
        int id = ready(messages);
        VideoCatalogServiceBlockingStub owner = as(messages.userId());
        update(owner, UpdateRequest.newBuilder().setId(id).setIfMatch("\"1\"").setTitle("First"));

        Fault late = fault(() -> update(
                owner, UpdateRequest.newBuilder().setId(id).setIfMatch("\"1\"").setTitle("Late")));
        Fault weak = fault(() -> update(
                owner,
                UpdateRequest.newBuilder().setId(id).setIfMatch("W/\"2\"").setTitle("Late")));
        Fault strange = fault(() -> update(
                owner,
                UpdateRequest.newBuilder()
                        .setId(id)
                        .setIfMatch("\"of-another-server\"")
                        .setTitle("Late")));

        for (Fault fault : List.of(late, weak, strange)) {
            assertThat(fault.code()).isEqualTo(Status.Code.ABORTED);
            assertThat(fault.reason()).isEqualTo("REVISION_CHANGED");
        }
        assertThat(find(owner, id).getVideo().getTitle()).isEqualTo("First");
        assertThat(update(
                                owner,
                                UpdateRequest.newBuilder()
                                        .setId(id)
                                        .setIfMatch("\"9\", \"2\"")
                                        .setTitle("Third"))
                        .getRevision())
                .isEqualTo(3);
        assertThat(update(
                                owner,
                                UpdateRequest.newBuilder()
                                        .setId(id)
                                        .setIfMatch("*")
                                        .setTitle("Any"))
                        .getRevision())
                .isEqualTo(4);
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

        assertThat(fault(() -> rename(anybody(), id)).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(fault(() -> rename(as(other), id)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> rename(as(other), hiddenId)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> rename(as(other), Integer.MAX_VALUE)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(rename(admin(), id).getTitle()).isEqualTo("Renamed");
        assertThat(rename(as(messages.userId()), hiddenId).getTitle()).isEqualTo("Renamed");
    }

    @ParameterizedTest
    @CsvSource({
        "title, ''",
        "title, 'two\u0001lines'",
        "description, ''",
        "visibility, secret",
        "publish_at, tomorrow",
        "publish_at, 2020-01-01T00:00:00Z",
        "publish_at, 9999-01-01T00:00:00Z",
        "language, not a language",
        "licence, 'two\u0001lines'",
        "If-Match, 5",
        "If-Match, ''"
    })
    void refusesWhatIsNoSuchThing(String field, String value) throws Exception {
        Messages messages = Messages.about(newUser(), "Refused");
        int id = ready(messages);
        UpdateRequest.Builder request = UpdateRequest.newBuilder().setId(id);
        request.setField(
                UpdateRequest.getDescriptor().getFields().stream()
                        .filter(known -> known.getJsonName().equals(field)
                                || known.getName().equals(field))
                        .findFirst()
                        .orElseThrow(),
                value);

        Fault fault = fault(() -> update(as(messages.userId()), request));

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors()).containsOnlyKeys(field);
        assertThat(video(messages).orElseThrow().getRevision()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "https://example.org/",
                "https://example.org/page",
                "https://user@example.org",
                "https://example.org; script-src *",
                "https://example.org *",
                "javascript:alert(1)",
                "*",
                "https://*",
                "data:"
            })
    void takesForEmbeddingOriginsAlone(String origin) throws Exception {
        Messages messages = Messages.about(newUser(), "Embedded");
        int id = ready(messages);

        Fault fault = fault(() -> update(
                as(messages.userId()),
                UpdateRequest.newBuilder().setId(id).setEmbedOrigins(list("https://example.org", origin))));

        assertThat(fault.fieldErrors()).containsOnlyKeys("embed_origins");
    }

    @Test
    void isToldToOthersAlthoughNobodyMayHaveAsked() throws Exception {
        Messages messages = Messages.about(newUser(), "News");
        int id = ready(messages);
        rename(as(messages.userId()), id);
        await().until(() -> jdbc.queryForObject("SELECT count(*) FROM outbox", Integer.class) == 0);

        String queue = publisher.listen("VideoUpdated");
        update(
                as(messages.userId()),
                UpdateRequest.newBuilder()
                        .setId(id)
                        .setTitle("Told")
                        .setTags(list("cats"))
                        .setDownloads("renditions"));

        JsonNode json = new ObjectMapper().readTree(publisher.take(queue).getBody());
        assertThat(json.path("key").asText()).isEqualTo("VideoUpdated");
        JsonNode data = json.path("data");
        assertThat(data.path("original_id").asText()).isEqualTo(messages.videoId());
        assertThat(data.path("title").asText()).isEqualTo("Told");
        assertThat(data.path("revision").asInt()).isEqualTo(3);
        assertThat(data.path("visibility").asText()).isEqualTo("public");
        assertThat(data.path("downloads").asText()).isEqualTo("renditions");
        assertThat(data.path("tags")).extracting(JsonNode::asText).containsExactly("cats");
        assertThat(data.path("trashed").asBoolean()).isFalse();
    }

    @Test
    void changesManyAndTellsOfEachThatItCantChange() throws Exception {
        Messages first = Messages.about(newUser(), "First");
        Messages second = Messages.about(first.userId(), "Second");
        int mine = ready(first);
        int also = ready(second);
        int others = ready(Messages.about(newUser(), "Another's"));

        ChangeManyResponseData done = as(first.userId())
                .changeMany(ChangeManyRequest.newBuilder()
                        .addAllIds(List.of(mine, others, 2_000_000_000, also, mine))
                        .setAction("update")
                        .setVisibility("unlisted")
                        .setTags(list("series"))
                        .setDownloads("renditions")
                        .build())
                .getData();

        assertThat(done.getChangedList()).containsExactly(mine, also);
        assertThat(done.getRefusedList()).extracting(Refusal::getId).containsExactly(others, 2_000_000_000);
        assertThat(done.getRefusedList())
                .extracting(Refusal::getReason)
                .containsExactly("NOT_THE_OWNER", "VIDEO_UNKNOWN");
        assertThat(mine(first.userId())).allSatisfy(video -> {
            assertThat(video.getVisibility()).isEqualTo("unlisted");
            assertThat(video.getTagsList()).containsExactly("series");
            assertThat(video.getDownloads()).isEqualTo("renditions");
            assertThat(video.getTitle()).isIn("First", "Second");
        });
    }

    @ParameterizedTest
    @CsvSource({"update, 0, ids", "update, 101, ids", "explode, 1, action"})
    void changesNoneWhenItIsNotClearWhatOrHow(String action, int count, String field) {
        ChangeManyRequest request = ChangeManyRequest.newBuilder()
                .setAction(action)
                .addAllIds(Stream.iterate(1, id -> id + 1).limit(count).toList())
                .build();

        assertThat(fault(() -> as(newUser()).changeMany(request)).fieldErrors()).containsOnlyKeys(field);
    }

    @Test
    void listsOnesOwnByStateVisibilityWordsAndAge() throws Exception {
        int user = newUser();
        int old = ready(Messages.about(user, "Old cat").publishedAt("2026-01-01T00:00:00Z"));
        int young = ready(Messages.about(user, "Young cat").publishedAt("2026-01-03T00:00:00Z"));
        Messages waiting = Messages.about(user, "Waiting dog").publishedAt("2026-01-02T00:00:00Z");
        publisher.publish("EncodeUploadedVideo", waiting.uploaded());
        await().until(() -> state(waiting).equals("uploaded"));
        update(as(user), UpdateRequest.newBuilder().setId(old).setVisibility("private"));

        assertThat(titles(user, FindMineRequest.newBuilder().setSort("oldest")))
                .containsExactly("Old cat", "Waiting dog", "Young cat");
        assertThat(titles(user, FindMineRequest.newBuilder().setSort("newest")))
                .containsExactly("Young cat", "Waiting dog", "Old cat");
        assertThat(titles(user, FindMineRequest.newBuilder().setState("uploaded")))
                .containsExactly("Waiting dog");
        assertThat(titles(user, FindMineRequest.newBuilder().setVisibility("private")))
                .containsExactly("Old cat");
        assertThat(titles(user, FindMineRequest.newBuilder().setSearch("CAT"))).containsExactly("Young cat", "Old cat");
        assertThat(titles(user, FindMineRequest.newBuilder().setSearch("cat").setState("uploaded")))
                .isEmpty();
        assertThat(fault(() -> titles(user, FindMineRequest.newBuilder().setState("x")))
                        .fieldErrors())
                .containsOnlyKeys("state");
        assertThat(young).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void goesOnByCursorInEitherOrder(String sort) throws Exception {
        int user = newUser();
        for (int day = 1; day <= 5; day++) {
            ready(Messages.about(user, "Day " + day).publishedAt("2026-01-0" + day + "T00:00:00Z"));
        }
        FindMineRequest.Builder request =
                FindMineRequest.newBuilder().setSort(sort).setSize(2);
        StringBuilder days = new StringBuilder();
        do {
            var page = as(user).findMine(request.build()).getData();
            page.getVideosList().forEach(video -> days.append(video.getTitle().substring(4)));
            request.setCursor(page.getCursor());
        } while (!request.getCursor().isEmpty());

        assertThat(days).hasToString(sort.equals("oldest") ? "12345" : "54321");
    }

    private List<String> titles(int user, FindMineRequest.Builder request) {
        return as(user).findMine(request.build()).getData().getVideosList().stream()
                .map(Video::getTitle)
                .toList();
    }

    private static Video rename(VideoCatalogServiceBlockingStub caller, int id) {
        return update(caller, UpdateRequest.newBuilder().setId(id).setTitle("Renamed"));
    }

    private static Video update(VideoCatalogServiceBlockingStub caller, UpdateRequest.Builder request) {
        return caller.update(request.build()).getData().getVideo();
    }

    private static ListValue list(String... texts) {
        return ListValue.newBuilder()
                .addAllValues(Stream.of(texts)
                        .map(text -> Value.newBuilder().setStringValue(text).build())
                        .toList())
                .build();
    }
}
