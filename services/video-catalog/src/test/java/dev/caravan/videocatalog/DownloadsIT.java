package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.CreateLinkRequest;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.Download;
import dev.caravan.proto.videocatalog.DownloadFile;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindDownloadsRequest;
import dev.caravan.proto.videocatalog.FindDownloadsResponseData;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Who may see a video downloads of it what its owner allows, by addresses that end, and nobody else anything. */
class DownloadsIT extends CatalogTestBase {

    private static final String HIDDEN = "NOT_FOUND VIDEO_UNKNOWN";
    private static final String FORBIDDEN = "PERMISSION_DENIED DOWNLOADS_NOT_ALLOWED";

    @Autowired
    private S3Client s3;

    /** What a stranger, a stranger with a link and the owner get. */
    @ParameterizedTest
    @CsvSource({
        "public, none, PERMISSION_DENIED DOWNLOADS_NOT_ALLOWED, PERMISSION_DENIED DOWNLOADS_NOT_ALLOWED",
        "public, renditions, 1080p 360p, 1080p 360p",
        "public, source, 1080p 360p source, 1080p 360p source",
        "unlisted, none, PERMISSION_DENIED DOWNLOADS_NOT_ALLOWED, PERMISSION_DENIED DOWNLOADS_NOT_ALLOWED",
        "unlisted, renditions, 1080p 360p, 1080p 360p",
        "unlisted, source, 1080p 360p source, 1080p 360p source",
        "private, none, NOT_FOUND VIDEO_UNKNOWN, PERMISSION_DENIED DOWNLOADS_NOT_ALLOWED",
        "private, renditions, NOT_FOUND VIDEO_UNKNOWN, 1080p 360p",
        "private, source, NOT_FOUND VIDEO_UNKNOWN, 1080p 360p source"
    })
    void areForWhoMaySeeTheVideoAndAsItsOwnerAllows(String visibility, String downloads, String stranger, String owner)
            throws Exception {
        Messages messages = Messages.about(newUser(), "Downloaded");
        int id = made(messages);
        String secret = as(messages.userId())
                .createLink(CreateLinkRequest.newBuilder().setId(id).build())
                .getData()
                .getSecret();

        update(messages, id, visibility, downloads);

        assertThat(got(anybody(), id, "")).isEqualTo(stranger);
        assertThat(got(as(newUser()), id, "")).isEqualTo(stranger);
        assertThat(got(anybody(), id, "no secret")).isEqualTo(stranger);
        assertThat(got(anybody(), id, secret)).isEqualTo(owner);
        assertThat(got(as(messages.userId()), id, "")).isEqualTo(owner);
        assertThat(got(admin(), id, "")).isEqualTo(owner);
        Video seen = find(as(messages.userId()), id).getVideo();
        assertThat(seen.getDownloads()).isEqualTo(downloads);
        assertThat(seen.getDownloadFilesList())
                .extracting(DownloadFile::getRendition, DownloadFile::getWidth, DownloadFile::getSize)
                .containsExactlyElementsOf(
                        downloads.equals("none")
                                ? List.of()
                                : List.of(tuple("1080p", 1920, 5_000_000_000L), tuple("360p", 640, 900L)));
    }

    @Test
    void haveAddressesThatOpenNothingElse() throws Exception {
        Messages messages = Messages.about(newUser(), "Signed");
        int id = made(messages);
        update(messages, id, "public", "source");

        List<Download> files = downloads(anybody(), id, "", "").getFilesList();

        assertThat(files.get(0).getUrl())
                .startsWith("http://127.0.0.1:4001/" + messages.path() + "/1/downloads/1080p.mp4?Expires=")
                .doesNotContain("Policy=");
        assertThat(files.get(0).getHeight()).isEqualTo(1080);
        assertThat(files.get(2).hasWidth()).isFalse();
        assertThat(files.get(2).getSize()).isEqualTo("what was uploaded".length());
        assertThat(downloads(anybody(), id, "", "360p").getFilesList()).containsExactly(files.get(1));
        assertThat(fault(() -> downloads(anybody(), id, "", "720p")).reason()).isEqualTo("DOWNLOAD_UNKNOWN");
    }

    /** It is whatever somebody sent, so no browser is to take it for a page. */
    @Test
    void giveWhatWasUploadedAsAFileOfNoKindAndOnlyByTheirSignature() throws Exception {
        Messages messages = Messages.about(newUser(), "R\u00e9sum\u00e9: \"1/2\"");
        int id = made(messages);
        // Another's key may begin with this one's.
        store(messages.videoId() + "-2", "somebody else's");
        update(messages, id, "public", "source");

        String url = downloads(anybody(), id, "", "source").getFiles(0).getUrl();

        HttpResponse<String> answer = get(url);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("what was uploaded");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("attachment; filename=\"")
                .endsWith("filename*=UTF-8''R%C3%A9sum%C3%A9%201%202%20source");
        assertThat(get(url.replace("octet-stream", "html")).statusCode()).isEqualTo(403);
        assertThat(get(url.replace(messages.videoId(), messages.videoId() + "-2"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void arePreparingUntilTheyAreThereAndAgainWhenTheVideoIsEncodedAnew() throws Exception {
        Messages messages = Messages.about(newUser(), "Prepared");
        int id = ready(messages);
        update(messages, id, "public", "renditions");

        FindDownloadsResponseData waiting = downloads(anybody(), id, "", "");
        publisher.publish("VideoEncodingCompleted", messages.withDownloads(1));
        await().until(() -> downloads(anybody(), id, "", "").getState().equals("ready"));
        publisher.publish("VideoEncodingCompleted", messages.completed(2));
        await().until(() -> downloads(anybody(), id, "", "").getState().equals("preparing"));

        assertThat(waiting.getDownloads()).isEqualTo("renditions");
        assertThat(waiting.getState()).isEqualTo("preparing");
        assertThat(waiting.getFilesList()).isEmpty();
        assertThat(fault(() -> downloads(anybody(), id, "", "360p")).reason()).isEqualTo("DOWNLOAD_UNKNOWN");
    }

    @Test
    void doNotListWhatWasUploadedWhenItIsGone() throws Exception {
        Messages messages = Messages.about(newUser(), "Gone");
        int id = made(messages);
        update(messages, id, "public", "source");

        s3.deleteObject(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + messages.videoId()));

        assertThat(got(anybody(), id, "")).isEqualTo("1080p 360p");
    }

    @Test
    void areNotAllowedUntilAnOwnerSaysSoNorInTheTrash() throws Exception {
        Messages messages = Messages.about(newUser(), "Default");
        int id = made(messages);

        assertThat(find(anybody(), id).getVideo().getDownloads()).isEqualTo("none");
        assertThat(got(as(messages.userId()), id, "")).isEqualTo(FORBIDDEN);
        Fault fault = fault(() -> update(messages, id, "public", "all"));
        assertThat(fault.fieldErrors()).containsOnlyKeys("downloads");

        update(messages, id, "public", "renditions");
        assertThat(anybody()
                        .findAll(FindAllRequest.newBuilder()
                                .setOwner(messages.userId())
                                .build())
                        .getData()
                        .getVideos(0)
                        .getDownloadFilesCount())
                .isEqualTo(2);
        as(messages.userId()).delete(DeleteRequest.newBuilder().setId(id).build());
        assertThat(got(as(messages.userId()), id, "")).isEqualTo(HIDDEN);
    }

    /** Encoded, with its files and with what was uploaded. */
    private int made(Messages messages) throws Exception {
        store(messages.videoId(), "what was uploaded");
        int id = ready(messages);
        publisher.publish("VideoEncodingCompleted", messages.withDownloads(1));
        await().until(() ->
                jdbc.queryForObject("SELECT download_files <> '[]' FROM videos WHERE id = ?", Boolean.class, id));
        return id;
    }

    private void store(String id, String content) {
        s3.putObject(
                request ->
                        request.bucket(Servers.BUCKET).key("raw-videos/" + id).contentType("text/html"),
                RequestBody.fromString(content));
    }

    private void update(Messages messages, int id, String visibility, String downloads) {
        as(messages.userId())
                .update(UpdateRequest.newBuilder()
                        .setId(id)
                        .setVisibility(visibility)
                        .setDownloads(downloads)
                        .build());
    }

    private static FindDownloadsResponseData downloads(
            VideoCatalogServiceBlockingStub caller, int id, String link, String rendition) {
        return caller.findDownloads(FindDownloadsRequest.newBuilder()
                        .setId(id)
                        .setLink(link)
                        .setRendition(rendition)
                        .build())
                .getData();
    }

    /** The names of the files, or why there are none. */
    private static String got(VideoCatalogServiceBlockingStub caller, int id, String link) {
        try {
            return String.join(
                    " ",
                    downloads(caller, id, link, "").getFilesList().stream()
                            .map(Download::getRendition)
                            .toList());
        } catch (StatusRuntimeException e) {
            Fault fault = Fault.from(e);
            return fault.code() + " " + fault.reason();
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
