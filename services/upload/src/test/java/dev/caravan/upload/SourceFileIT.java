package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.DescribeSourceFileRequest;
import dev.caravan.proto.upload.FindSourceFilesRequest;
import dev.caravan.proto.upload.ReportSourceFileRequest;
import dev.caravan.proto.upload.SetQuotaRequest;
import dev.caravan.proto.upload.SourceFile;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import dev.caravan.upload.direct.Form;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
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
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Files that a source shows, as the connectors service hands them over.
 */
class SourceFileIT extends UploadTestBase {

    private static final String SOURCE = "connectors-inbox";

    @Autowired
    private CamelContext context;

    @BeforeEach
    @AfterEach
    void clean() {
        jdbc.update("delete from source_files");
        jdbc.update("delete from source_texts");
        emptyTheStore();
    }

    @Test
    void isAnsweredByRoutesOfItsOwn() {
        assertThat(context.getRoutes().stream().map(Route::getId))
                .contains(
                        "upload-take-source-file",
                        "upload-begin-source-file",
                        "upload-join-source-file",
                        "upload-report-source-file",
                        "upload-describe-source-file",
                        "upload-find-source-files");
    }

    @Test
    void takesAFileInPiecesAndAnnouncesItOnce() throws Exception {
        byte[] video = Form.video(14_000_000);
        SourceFile begun = take("/in/Holidays 2.mp4", "1", video.length);
        assertThat(begun.getState()).isEqualTo("importing");
        assertThat(begun.getTitle()).isEqualTo("Holidays 2");
        assertThat(begun.getBytes()).isZero();

        assertThat(send(begun, 0, Arrays.copyOf(video, 7_000_000)).statusCode()).isEqualTo(204);
        SourceFile half = take("/in/Holidays 2.mp4", "1", video.length);
        assertThat(half.getVideoId()).isEqualTo(begun.getVideoId());
        assertThat(half.getBytes()).isEqualTo(7_000_000);
        assertThat(half.getPercent()).isEqualTo(50);

        assertThat(send(half, 7_000_000, Arrays.copyOfRange(video, 7_000_000, video.length))
                        .statusCode())
                .isEqualTo(204);
        SourceFile whole = take("/in/Holidays 2.mp4", "1", video.length);
        assertThat(whole.getState()).isEqualTo("uploaded");
        assertThat(whole.getVideoId()).isEqualTo(begun.getVideoId());
        assertThat(content(begun.getVideoId())).isEqualTo(video);
        JsonNode data = announcement(begun.getVideoId()).path("data");
        assertThat(data.path("title").asText()).isEqualTo("Holidays 2");
        assertThat(data.path("user_id").asInt()).isEqualTo(ANN);
    }

    @Test
    void staysTakenWhenItsVideoIsDeletedForGood() throws Exception {
        byte[] video = Form.video(100_000);
        SourceFile begun = take("/in/a.mp4", "1", video.length);
        send(begun, 0, video);
        jdbc.update("delete from uploads where video_id = cast(? as uuid)", begun.getVideoId());

        assertThat(take("/in/a.mp4", "1", video.length).getState()).isEqualTo("uploaded");
    }

    @Test
    void isAnotherVideoWithAnotherContent() {
        assertThat(take("/in/a.mp4", "2", 10).getVideoId())
                .isNotEqualTo(take("/in/a.mp4", "1", 10).getVideoId());
    }

    @Test
    void isBegunOnceBySeveralInstances() {
        List<CompletableFuture<SourceFile>> asked = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> take("/in/a.mp4", "1", 10)))
                .limit(8)
                .toList();
        assertThat(asked.stream().map(CompletableFuture::join).map(SourceFile::getVideoId))
                .containsOnly(asked.get(0).join().getVideoId());
        assertThat(jdbc.queryForObject("select count(*) from uploads where published_at is null", Long.class))
                .isOne();
    }

    @Test
    void leavesTheUploadOfWhoWasFasterByAMoment() throws Exception {
        try (Connection faster = jdbc.getDataSource().getConnection()) {
            faster.setAutoCommit(false);
            UUID first = UUID.randomUUID();
            faster.createStatement()
                    .execute("insert into uploads (video_id, thumbnail_id, user_id, direct) values ('" + first
                            + "', gen_random_uuid(), " + ANN + ", true)");
            faster.createStatement()
                    .execute(
                            "insert into resumable_uploads (video_id, length, part_size, title, description, expires_at)"
                                    + " values ('" + first + "', 10, 6000000, 'a', 'a', now() + interval '1 day')");
            faster.createStatement()
                    .execute(
                            "insert into source_files (source, address, etag, video_id, user_id, title, size) values ('"
                                    + SOURCE + "', '/in/a.mp4', '1', '" + first + "', " + ANN + ", 'a', 10)");
            CompletableFuture<SourceFile> second = CompletableFuture.supplyAsync(() -> take("/in/a.mp4", "1", 10));
            await().atMost(PATIENCE)
                    .until(() -> Boolean.TRUE.equals(jdbc.queryForObject(
                            "select exists (select from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and query like '%source_files%' and pid <> pg_backend_pid())",
                            Boolean.class)));
            faster.commit();

            assertThat(second.join().getVideoId()).isEqualTo(first.toString());
        }
        assertThat(jdbc.queryForObject("select count(*) from uploads where published_at is null", Long.class))
                .isOne();
    }

    @Test
    void isBegunAnewForAnotherOwner() {
        SourceFile begun = take("/in/a.mp4", "1", 10);
        SourceFile other = as(8).takeSourceFile(TakeSourceFileRequest.newBuilder()
                        .setSource(SOURCE)
                        .setAddress("/in/a.mp4")
                        .setEtag("1")
                        .setSize(10)
                        .build())
                .getData()
                .getFile();
        assertThat(other.getVideoId()).isNotEqualTo(begun.getVideoId());
        assertThat(other.getOwnerId()).isEqualTo(8);
    }

    @Test
    void isBegunAnewWhenItsUploadHasExpired() {
        SourceFile begun = take("/in/a.mp4", "1", 10);
        jdbc.update("update resumable_uploads set expires_at = now() - interval '1 second'");
        SourceFile anew = take("/in/a.mp4", "1", 10);
        assertThat(anew.getVideoId()).isNotEqualTo(begun.getVideoId());
        assertThat(anew.getState()).isEqualTo("importing");
    }

    @Test
    void listsWhatWasRefusedWithItsReasonAndRemovesWhatCameOfIt() {
        SourceFile begun = take("/in/a.txt", "1", 10);
        report("/in/a.txt", "NOT_VIDEO", true);

        SourceFile refused = take("/in/a.txt", "1", 10);
        assertThat(refused.getState()).isEqualTo("refused");
        assertThat(refused.getError().getCode()).isEqualTo("NOT_VIDEO");
        assertThat(refused.getError().getMessage()).isEqualTo("It is so.");
        assertThat(refused.getVideoId()).isEqualTo(begun.getVideoId());
        assertThat(jdbc.queryForObject("select count(*) from uploads where published_at is null", Long.class))
                .isZero();
        take("/in/b.mp4", "1", 10);
        assertThat(find("refused")).extracting(SourceFile::getAddress).containsExactly("/in/a.txt");
        assertThat(find("importing")).extracting(SourceFile::getAddress).containsExactly("/in/b.mp4");
        assertThat(find("")).extracting(SourceFile::getAddress).containsExactly("/in/b.mp4", "/in/a.txt");
    }

    @Test
    void triesAgainWhatWasPutOff() {
        report("/in/a.mp4", "QUOTA_EXCEEDED", false);
        assertThat(find("importing").get(0).getError().getCode()).isEqualTo("QUOTA_EXCEEDED");
        SourceFile begun = take("/in/a.mp4", "1", 10);
        assertThat(begun.getVideoId()).isNotEmpty();
        assertThat(begun.hasError()).isFalse();
    }

    @Test
    void forgetsWhatWasPutOffAndIsShownNoMore() throws Exception {
        byte[] video = Form.video(100_000);
        send(take("/in/taken.mp4", "1", video.length), 0, video);
        take("/in/coming.mp4", "1", 10);
        report("/in/gone.mp4", "FILE_NOT_SENT", false);
        report("/in/refused.mp4", "NOT_VIDEO", true);
        jdbc.update("update source_files set created_at = now() - interval '8 days'");

        await().atMost(PATIENCE).until(() -> find("").size() == 3);
        assertThat(find(""))
                .extracting(SourceFile::getAddress)
                .containsExactlyInAnyOrder("/in/taken.mp4", "/in/coming.mp4", "/in/refused.mp4");
    }

    @Test
    void keepsWhatWasAcceptedBeforeItWasReported() throws Exception {
        byte[] video = Form.video(100_000);
        send(take("/in/a.mp4", "1", video.length), 0, video);
        report("/in/a.mp4", "NOT_VIDEO", true);
        assertThat(take("/in/a.mp4", "1", video.length).getState()).isEqualTo("uploaded");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void hasTheFileBesideAVideoSayWhatItIs() throws Exception {
        as(ANN).describeSourceFile(DescribeSourceFileRequest.newBuilder()
                .setSource(SOURCE)
                .setAddress("/in/a.v2.json")
                .setTitle("A day out")
                .setVisibility("unlisted")
                .build());
        byte[] video = Form.video(100_000);
        SourceFile begun = take("/in/a.v2.mp4", "1", video.length);
        assertThat(begun.getTitle()).isEqualTo("A day out");
        send(begun, 0, video);
        JsonNode data = announcement(begun.getVideoId()).path("data");
        assertThat(data.path("description").asText()).isEqualTo("A day out");
        assertThat(data.path("visibility").asText()).isEqualTo("unlisted");
    }

    @Test
    void saysWhatIsWrongWithWhatNamesAFile() {
        Fault fault = fault(() -> as(ANN).takeSourceFile(TakeSourceFileRequest.newBuilder()
                .setSize(-1)
                .setVisibility("secret")
                .build()));
        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors()).containsOnlyKeys("source", "address", "etag", "size", "visibility");
        assertThat(fault(() -> take("/in/a.mp4", "1", 41L << 20)).reason()).isEqualTo("TOO_LARGE");
        assertThat(fault(() -> take("/in/a.mp4", "1", 0)).fieldErrors()).containsOnlyKeys("size");
    }

    @Test
    void beginsNothingThatTheQuotaDoesNotLetIn() {
        as(1, "x-user-role", "admin")
                .setQuota(SetQuotaRequest.newBuilder().setId(ANN).setMaxBytes(5).build());
        try {
            assertThat(fault(() -> take("/in/a.mp4", "1", 10)).reason()).isEqualTo("QUOTA_EXCEEDED");
            assertThat(find("")).isEmpty();
        } finally {
            as(1, "x-user-role", "admin")
                    .setQuota(SetQuotaRequest.newBuilder().setId(ANN).build());
        }
    }

    private SourceFile take(String address, String etag, long size) {
        return as(ANN).takeSourceFile(TakeSourceFileRequest.newBuilder()
                        .setSource(SOURCE)
                        .setAddress(address)
                        .setEtag(etag)
                        .setSize(size)
                        .build())
                .getData()
                .getFile();
    }

    private void report(String address, String code, boolean refused) {
        as(ANN).reportSourceFile(ReportSourceFileRequest.newBuilder()
                .setSource(SOURCE)
                .setAddress(address)
                .setEtag("1")
                .setSize(10)
                .setCode(code)
                .setReason("It is so.")
                .setRefused(refused)
                .build());
    }

    private List<SourceFile> find(String state) {
        return as(1, "x-user-role", "admin")
                .findSourceFiles(
                        FindSourceFilesRequest.newBuilder().setState(state).build())
                .getData()
                .getFilesList();
    }

    private HttpResponse<String> send(SourceFile file, long offset, byte[] bytes) throws Exception {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + httpPort + "/videos/upload/tus/" + file.getVideoId()))
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", String.valueOf(offset))
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("x-user-id", String.valueOf(ANN))
                        .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private byte[] content(String id) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + id))
                .asByteArray();
    }
}
