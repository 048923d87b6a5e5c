package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.CancelImportRequest;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.proto.upload.EndUploadsRequest;
import dev.caravan.proto.upload.FindImportRequest;
import dev.caravan.proto.upload.FindImportsRequest;
import dev.caravan.proto.upload.FindImportsResponseData;
import dev.caravan.proto.upload.Import;
import dev.caravan.proto.upload.ImportVideoRequest;
import dev.caravan.upload.direct.Form;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Imports by URL, from a real server to the object store. */
class ImportIT extends UploadTestBase {

    private static final int PART = 6 << 20;
    private static final int BOB = 8;

    @Autowired
    private CamelContext context;

    private SourceServer source;

    @BeforeEach
    void begin() throws IOException {
        clean();
        source = new SourceServer();
    }

    /** Others count what is in the store and what is open. */
    @AfterEach
    void end() {
        source.close();
        clean();
    }

    private void clean() {
        jdbc.update("delete from imports");
        emptyTheStore();
    }

    @Test
    void fetchesAVideoFromWhereItsOwnerSays() throws Exception {
        byte[] video = Form.video(20_000_000);
        source.put("/clips/Holidays 2.mp4", video, "\"v1\"");
        Import begun = as(ANN, "x-request-id", "asked")
                .importVideo(ImportVideoRequest.newBuilder()
                        .setUrl(source.url("/clips/Holidays%202.mp4"))
                        .setVisibility("private")
                        .build())
                .getData()
                .getImport();
        assertThat(begun.getState()).isEqualTo("importing");
        assertThat(begun.getTitle()).isEqualTo("Holidays 2");

        Import done = ended(begun.getVideoId());
        assertThat(done.getState()).as(done.toString()).isEqualTo("uploaded");
        assertThat(done.getBytes()).isEqualTo(video.length);
        assertThat(done.getSize()).isEqualTo(video.length);
        assertThat(done.getPercent()).isEqualTo(100);
        assertThat(done.hasError()).isFalse();
        JsonNode data = announcement(begun.getVideoId()).path("data");
        assertThat(data.path("title").asText()).isEqualTo("Holidays 2");
        assertThat(data.path("description").asText()).isEqualTo("Holidays 2");
        assertThat(data.path("visibility").asText()).isEqualTo("private");
        assertThat(data.path("user_id").asInt()).isEqualTo(ANN);
        assertThat(data.path("size").asLong()).isEqualTo(video.length);
        assertThat(content(begun.getVideoId())).isEqualTo(video);
        assertThat(stored()).containsExactly("raw-videos/" + begun.getVideoId());
    }

    @Test
    void goesOnWhereTheServerBrokeOff() throws Exception {
        byte[] video = Form.video(20_000_000);
        SourceServer.File file = source.put("/a.mp4", video, "\"v1\"");
        file.cutAfter = 7_000_000;

        String id = begin(ANN, "/a.mp4");
        assertThat(ended(id).getState()).isEqualTo("uploaded");
        assertThat(content(id)).isEqualTo(video);
        assertThat(source.requests("/a.mp4"))
                .extracting(SourceServer.Request::range)
                .containsExactly(null, "bytes=7000000-", "bytes=14000000-");
        announcement(id);
    }

    @Test
    void asksForTheRestOfWhatAServerGivesInPieces() throws Exception {
        byte[] video = Form.video(20_000_000);
        SourceServer.File file = source.put("/a.mp4", video, "\"v1\"");
        file.cutAfter = 7_000_000;
        file.longestRange = 5_000_000;

        String id = begin(ANN, "/a.mp4");
        assertThat(ended(id).getState()).isEqualTo("uploaded");
        assertThat(content(id)).isEqualTo(video);
        assertThat(source.requests("/a.mp4"))
                .extracting(SourceServer.Request::range)
                .containsExactly(null, "bytes=7000000-", "bytes=12000000-", "bytes=17000000-");
    }

    @Test
    void beginsAnewWithAFileThatHasChanged() throws Exception {
        byte[] before = Form.video(20_000_000);
        byte[] after = Form.video(15_000_000);
        Arrays.fill(after, 5_000_000, 6_000_000, (byte) 7);
        SourceServer.File file = source.put("/a.mp4", before, "\"v1\"");
        file.cutAfter = 13_000_000;
        String id = begin(ANN, "/a.mp4");
        await().atMost(PATIENCE).until(() -> received(id) == 13_000_000);
        file.etag = "\"v2\"";
        file.bytes = after;
        file.cutAfter = Integer.MAX_VALUE;

        Import done = ended(id);
        assertThat(done.getState()).as(done.toString()).isEqualTo("uploaded");
        assertThat(done.getSize()).isEqualTo(after.length);
        assertThat(content(id)).isEqualTo(after);
        assertThat(announcement(id).path("data").path("size").asLong()).isEqualTo(after.length);
    }

    @Test
    void beginsAnewWhereAServerGivesNoParts() throws Exception {
        byte[] video = Form.video(9_000_000);
        SourceServer.File file = source.put("/a.mp4", video, null);
        file.cutAfter = 7_000_000;
        String id = begin(ANN, "/a.mp4");
        await().atMost(PATIENCE).until(() -> received(id) == 7_000_000);
        file.cutAfter = Integer.MAX_VALUE;

        assertThat(ended(id).getState()).isEqualTo("uploaded");
        assertThat(content(id)).isEqualTo(video);
    }

    /** Of 7 MB the end is no part, of 12 MiB it is one. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 7_000_000, 2 * PART, 40 << 20})
    void learnsAtItsEndHowLongAVideoIs(int length) throws Exception {
        byte[] video = Form.video(length);
        source.put("/a.mp4", video, null).chunked = true;

        String id = begin(ANN, "/a.mp4");
        Import done = ended(id);
        assertThat(done.getState()).as(done.toString()).isEqualTo("uploaded");
        assertThat(done.getSize()).isEqualTo(length);
        assertThat(content(id)).isEqualTo(video);
        announcement(id);
    }

    @Test
    void takesNothingThatIsPacked() throws Exception {
        source.put("/a.mp4", Form.video(7_000_000), "\"v1\"").encoding = "gzip";

        Import done = ended(begin(ANN, "/a.mp4"));
        assertThat(done.getError().getCode()).isEqualTo("FETCH_FAILED");
        assertThat(done.getError().getMessage()).isEqualTo("The server sends the file packed, and was asked not to.");
    }

    /** Longer than any client of tus may be silent, and than a lease is held without a sign of life. */
    @Test
    void waitsForAServerThatIsSilentForAWhile() throws Exception {
        byte[] video = Form.video(20_000_000);
        SourceServer.File file = source.put("/a.mp4", video, "\"v1\"");
        file.silentAfter = 7_000_000;
        String id = begin(ANN, "/a.mp4");
        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForObject(
                        "select now() > created_at + interval '10 seconds' from imports where video_id = ?::uuid",
                        Boolean.class,
                        id));
        assertThat(source.requests("/a.mp4")).hasSize(1);
        assertThat(context.getInflightRepository().size("upload-run-import")).isOne();
        file.goesOn = true;

        assertThat(ended(id).getState()).isEqualTo("uploaded");
        assertThat(content(id)).isEqualTo(video);
    }

    @Test
    void mixesNoTwoFilesWhenAServerDoesNotSayThatItHasAnother() throws Exception {
        byte[] before = Form.video(20_000_000);
        byte[] after = Form.video(20_000_000);
        Arrays.fill(after, 5_000_000, 15_000_000, (byte) 7);
        SourceServer.File file = source.put("/a.mp4", before, "\"v1\"");
        file.ignoresIfRange = true;
        file.cutAfter = 7_000_000;
        String id = begin(ANN, "/a.mp4");
        await().atMost(PATIENCE).until(() -> received(id) == 7_000_000);
        file.bytes = after;
        file.etag = "\"v2\"";
        file.cutAfter = Integer.MAX_VALUE;

        assertThat(ended(id).getState()).isEqualTo("uploaded");
        assertThat(content(id)).isEqualTo(after);
    }

    @Test
    void asksAgainWhenAServerIsBusy() throws Exception {
        SourceServer.File file = source.put("/a.mp4", Form.video(1000), "\"v1\"");
        file.failures = 2;

        String id = begin(ANN, "/a.mp4");
        await().atMost(PATIENCE).until(() -> find(ANN, id).hasError());
        assertThat(find(ANN, id).getState()).isEqualTo("importing");
        assertThat(find(ANN, id).getError().getCode()).isEqualTo("FETCH_FAILED");
        assertThat(find(ANN, id).getError().getStatus()).isEqualTo(503);
        Import done = ended(id);
        assertThat(done.getState()).isEqualTo("uploaded");
        assertThat(done.hasError()).isFalse();
        assertThat(source.requests("/a.mp4")).hasSize(3);
    }

    @Test
    void givesUpAServerThatStaysAsItIs() throws Exception {
        SourceServer.File file = source.put("/a.mp4", Form.video(1000), "\"v1\"");
        file.failures = 100;

        String id = begin(ANN, "/a.mp4");
        Import done = ended(id);
        assertThat(done.getState()).isEqualTo("failed");
        assertThat(done.getError().getCode()).isEqualTo("FETCH_FAILED");
        assertThat(done.getError().getMessage()).isEqualTo("The server answered 503.");
        assertThat(source.requests("/a.mp4")).hasSize(3);
        assertNothingIsLeft(id);
    }

    @ParameterizedTest
    @CsvSource({
        "/none.mp4, FETCH_FAILED, 404, The server answered 404.",
        "/html, NOT_VIDEO, , What the server sent is no video; it calls it text/html.",
        "/empty, NOT_VIDEO, , The file is empty.",
        "/empty-chunked, NOT_VIDEO, , The file is empty.",
        "/large, TOO_LARGE, , A video can have at most 40 MiB.",
        "/large-chunked, TOO_LARGE, , A video can have at most 40 MiB.",
    })
    void saysWhatIsWrongWithWhatIsThere(String path, String code, Integer status, String message) throws Exception {
        source.put("/html", "<!doctype html><p>Please log in to see this".getBytes("UTF-8"), null).type = "text/html";
        source.put("/empty", new byte[0], null);
        source.put("/empty-chunked", new byte[0], null).chunked = true;
        source.put("/large", Form.video((40 << 20) + 1), null);
        source.put("/large-chunked", Form.video((40 << 20) + 1), null).chunked = true;

        String id = begin(ANN, path);
        Import done = ended(id);
        assertThat(done.getState()).isEqualTo("failed");
        assertThat(done.getError().getCode()).isEqualTo(code);
        assertThat(done.getError().getMessage()).isEqualTo(message);
        assertThat(done.getError().hasStatus()).isEqualTo(status != null);
        assertThat(source.requests(path)).isNotEmpty();
        assertNothingIsLeft(id);
    }

    @Test
    void asksNoServerThatNotEverybodyReaches() throws Exception {
        String id = as(ANN).importVideo(ImportVideoRequest.newBuilder()
                        .setUrl("http://169.254.169.254/latest/meta-data/")
                        .build())
                .getData()
                .getImport()
                .getVideoId();
        Import done = ended(id);
        assertThat(done.getError().getCode()).isEqualTo("URL_REFUSED");
        assertThat(done.getError().getMessage()).isEqualTo("The server is at an address that is not asked.");
        assertNothingIsLeft(id);
    }

    @Test
    void endsWhatOnlyTrickles() throws Exception {
        SourceServer.File file = source.put("/a.mp4", Form.video(9_000_000), "\"v1\"");
        file.silentAfter = 100_000;
        file.drips = true;

        String id = begin(ANN, "/a.mp4");
        await().atMost(PATIENCE).until(() -> find(ANN, id).hasError());
        Import waiting = find(ANN, id);
        assertThat(waiting.getBytes()).isGreaterThanOrEqualTo(100_000);
        assertThat(waiting.getError().getCode()).isEqualTo("TIMED_OUT");
        assertThat(waiting.getError().getMessage()).isEqualTo("The server sends the file too slowly.");
    }

    @ParameterizedTest
    @CsvSource({
        "'', url is required",
        "not a url, 'url must be a URL, such as https://example.com/clip.mp4'",
        "ftp://example.com/a, url is refused: Only http and https are asked.",
        "/etc/passwd, url is refused: Only http and https are asked.",
        "http://example.com:99999/a, url is refused: The URL names no port that there is.",
        "http:///a, url is refused: The URL names no server.",
        "http://user:secret@example.com/a, url is refused: The URL must not have a user or a password in it."
    })
    void refusesWhatIsNoUrlOfAVideo(String url, String sentence) {
        Fault fault = fault(() ->
                as(ANN).importVideo(ImportVideoRequest.newBuilder().setUrl(url).build()));
        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors().get("url")).containsExactly(sentence);
    }

    @Test
    void answersTheSameImportForTheSameUrlWhileItIsUnderWay() throws Exception {
        source.put("/a.mp4", Form.video(9_000_000), "\"v1\"").silentAfter = 100_000;
        String id = begin(ANN, "/a.mp4");
        assertThat(begin(ANN, "/a.mp4")).isEqualTo(id);
        assertThat(begin(BOB, "/a.mp4")).isNotEqualTo(id);
        cancel(ANN, id);
        assertThat(begin(ANN, "/a.mp4")).isNotEqualTo(id);
    }

    @Test
    void beginsOneImportForWhoAsksManyTimesAtOnce() throws Exception {
        source.put("/a.mp4", Form.video(9_000_000), "\"v1\"").silentAfter = 100_000;
        List<CompletableFuture<String>> calls = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> begin(ANN, "/a.mp4")))
                .limit(8)
                .toList();
        assertThat(calls.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(jdbc.queryForObject(
                        "select count(*) from uploads where user_id = " + ANN + " and direct"
                                + " and published_at is null",
                        Integer.class))
                .isOne();
    }

    @Test
    void listsTheImportsOfTheCallerAlone() throws Exception {
        source.put("/a.mp4", Form.video(1000), "\"v1\"");
        List<String> ids = new ArrayList<>();
        for (String query : List.of("?1", "?2", "?3")) {
            ids.add(0, begin(ANN, "/a.mp4" + query));
        }
        String other = begin(BOB, "/a.mp4");

        FindImportsResponseData first = list(ANN, "", 2);
        FindImportsResponseData second = list(ANN, first.getCursor(), 2);
        assertThat(first.getImportsList()).extracting(Import::getVideoId).containsExactly(ids.get(0), ids.get(1));
        assertThat(second.getImportsList()).extracting(Import::getVideoId).containsExactly(ids.get(2));
        assertThat(second.getCursor()).isEmpty();
        assertThat(fault(() -> find(ANN, other)).reason()).isEqualTo("IMPORT_UNKNOWN");
        assertThat(fault(() -> cancel(ANN, other)).reason()).isEqualTo("IMPORT_UNKNOWN");
        assertThat(find(BOB, other).getVideoId()).isEqualTo(other);
        assertThat(fault(() -> find(ANN, "no-uuid")).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> list(ANN, "none", 2)).fieldErrors()).containsKey("cursor");
        assertThat(fault(() -> list(ANN, "", 101)).fieldErrors()).containsKey("size");
    }

    @Test
    void endsAnImportThatIsNotWantedAnyMore() throws Exception {
        source.put("/a.mp4", Form.video(9_000_000), "\"v1\"").silentAfter = 7_000_000;
        String id = begin(ANN, "/a.mp4");
        await().atMost(PATIENCE).until(() -> received(id) > 0);

        cancel(ANN, id);
        assertThat(fault(() -> find(ANN, id)).reason()).isEqualTo("IMPORT_UNKNOWN");
        assertThat(isKnown(id)).isFalse();
        source.close();
        // What is being fetched at this moment is stored once more, as an object that the sweep finds.
        await().atMost(PATIENCE).until(() -> context.getInflightRepository().size("upload-run-import") == 0);
        assertThat(stored()).noneMatch(key -> key.startsWith("raw-videos/"));
        assertThat(s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET))
                        .uploads())
                .noneMatch(upload -> upload.key().endsWith(id));
    }

    @Test
    void leavesAnUploadThatIsNoImportAlone() {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        assertThat(fault(() -> cancel(ANN, upload.getVideoId())).reason()).isEqualTo("IMPORT_UNKNOWN");
        assertThat(isKnown(upload.getVideoId())).isTrue();
    }

    @Test
    void forgetsAnImportThatHasEndedAndLeavesItsVideo() throws Exception {
        source.put("/a.mp4", Form.video(1000), "\"v1\"");
        String id = begin(ANN, "/a.mp4");
        ended(id);
        cancel(ANN, id);
        assertThat(content(id)).hasSize(1000);
        assertThat(isKnown(id)).isTrue();
    }

    @Test
    void endsImportsWithTheAccountOfTheirOwner() throws Exception {
        source.put("/a.mp4", Form.video(9_000_000), "\"v1\"").silentAfter = 100_000;
        String id = begin(ANN, "/a.mp4");
        as(ANN).endUploads(EndUploadsRequest.newBuilder().setId(ANN).build());
        assertThat(isKnown(id)).isFalse();
        assertThat(list(ANN, "", 0).getImportsList()).isEmpty();
    }

    @Test
    void losesNothingWhileTheStoreIsDown() throws Exception {
        byte[] video = Form.video(9_000_000);
        source.put("/a.mp4", video, "\"v1\"");
        String id;
        Servers.get().stopStore();
        try {
            id = begin(ANN, "/a.mp4");
            await().atMost(PATIENCE).until(() -> !source.requests("/a.mp4").isEmpty() && waitsLater(id));
            assertThat(find(ANN, id).getState()).isEqualTo("importing");
        } finally {
            Servers.get().startStore();
        }
        jdbc.update("update imports set next_at = now()");
        assertThat(ended(id).getState()).isEqualTo("uploaded");
        assertThat(content(id)).isEqualTo(video);
    }

    /** As when an instance dies between the last byte and the acceptance, or right after that. */
    @Test
    void endsWhatAnotherInstanceHasLeft() throws Exception {
        byte[] video = Form.video(9_000_000);
        source.put("/a.mp4", video, "\"v1\"");
        String id = begin(ANN, "/a.mp4");
        ended(id);
        jdbc.update("update imports set ended_at = null");
        assertThat(ended(id).getState()).isEqualTo("uploaded");
        assertThat(source.requests("/a.mp4")).hasSize(1);
        announcement(id);
    }

    /** As when an instance dies right after the acceptance of a video that was as long as one may be. */
    @Test
    void leavesTheFileOfAnAcceptedVideoAlone() throws Exception {
        byte[] video = Form.video(40 << 20);
        source.put("/a.mp4", video, null).chunked = true;
        String id = begin(ANN, "/a.mp4");
        ended(id);
        jdbc.update("update imports set ended_at = null, length_known = false");
        ended(id);
        assertThat(content(id)).isEqualTo(video);
        announcement(id);
    }

    @Test
    void fetchesOfOneUserSoManyAtATimeAndOthersBeside() throws Exception {
        source.put("/slow", Form.video(9_000_000), "\"v1\"").silentAfter = 100_000;
        source.put("/a.mp4", Form.video(1000), "\"v1\"");
        begin(ANN, "/slow?1");
        begin(ANN, "/slow?2");
        await().atMost(PATIENCE).until(() -> source.requests("/slow").size() == 2);
        String third = begin(ANN, "/a.mp4");
        String other = begin(BOB, "/a.mp4");

        assertThat(ended(BOB, other).getState()).isEqualTo("uploaded");
        assertThat(find(ANN, third).getState()).isEqualTo("importing");
        assertThat(find(ANN, third).getBytes()).isZero();
    }

    @Test
    void sweepsNoImportThatWaitsForItsTurnForDays() throws Exception {
        SourceServer.File slow = source.put("/slow", Form.video(9_000_000), "\"v1\"");
        slow.silentAfter = 100_000;
        source.put("/a.mp4", Form.video(1000), "\"v1\"");
        begin(ANN, "/slow?1");
        begin(ANN, "/slow?2");
        await().atMost(PATIENCE).until(() -> source.requests("/slow").size() == 2);
        String waiting = begin(ANN, "/a.mp4");
        String abandoned = presigned(ANN).getVideoId();
        jdbc.update("update uploads set created_at = now() - interval '2 days' where published_at is null");
        jdbc.update(
                "update resumable_uploads set expires_at = now() - interval '1 day' where video_id = ?::uuid", waiting);

        await().atMost(PATIENCE).until(() -> !isKnown(abandoned));
        assertThat(isKnown(waiting)).isTrue();
        slow.goesOn = true;
        assertThat(ended(waiting).getState()).isEqualTo("uploaded");
    }

    @Test
    void forgetsWhatEndedLongAgo() throws Exception {
        source.put("/a.mp4", Form.video(1000), "\"v1\"");
        String id = begin(ANN, "/a.mp4");
        ended(id);
        jdbc.update("update imports set ended_at = now() - interval '8 days'");
        await().atMost(PATIENCE).until(() -> list(ANN, "", 0).getImportsCount() == 0);
        assertThat(isKnown(id)).isTrue();
    }

    /** Every route of imports is run by a test above, by what it answers or leaves. */
    @Test
    void runsTheseRoutes() {
        assertThat(context.getRoutes())
                .extracting(Route::getRouteId)
                .contains(
                        "upload-import-video",
                        "upload-reserve-import",
                        "upload-find-import",
                        "upload-find-imports",
                        "upload-cancel-import",
                        "upload-claim-imports",
                        "upload-run-import",
                        "upload-fetch",
                        "upload-begin-anew",
                        "upload-settle-length",
                        "upload-retry-import",
                        "upload-fail-import",
                        "upload-discard-import",
                        "upload-renew-imports",
                        "upload-join-import",
                        "upload-postpone-import");
    }

    private void assertNothingIsLeft(String id) {
        await().atMost(PATIENCE).until(() -> !isKnown(id));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).isEmpty());
    }

    private boolean waitsLater(String id) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select claim is null and next_at > now() from imports where video_id = ?::uuid", Boolean.class, id));
    }

    private long received(String id) {
        return jdbc.queryForObject("select received from resumable_uploads where video_id = ?::uuid", Long.class, id);
    }

    private byte[] content(String id) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + UUID.fromString(id)))
                .asByteArray();
    }

    private String begin(int user, String path) {
        return as(user).importVideo(
                        ImportVideoRequest.newBuilder().setUrl(source.url(path)).build())
                .getData()
                .getImport()
                .getVideoId();
    }

    private Import ended(String id) {
        return ended(ANN, id);
    }

    private Import ended(int user, String id) {
        await().atMost(PATIENCE).until(() -> !find(user, id).getState().equals("importing"));
        return find(user, id);
    }

    private Import find(int user, String id) {
        return as(user).findImport(FindImportRequest.newBuilder().setId(id).build())
                .getData()
                .getImport();
    }

    private FindImportsResponseData list(int user, String cursor, int size) {
        return as(user).findImports(FindImportsRequest.newBuilder()
                        .setCursor(cursor)
                        .setSize(size)
                        .build())
                .getData();
    }

    private void cancel(int user, String id) {
        as(user).cancelImport(CancelImportRequest.newBuilder().setId(id).build());
    }
}
