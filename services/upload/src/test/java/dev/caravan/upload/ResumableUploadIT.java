package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.upload.direct.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** tus 1.0: upload-tus-endpoint and the routes behind upload-tus. */
class ResumableUploadIT extends UploadTestBase {

    private static final String PATH = "/videos/upload/tus";
    private static final String BYTES = "application/offset+octet-stream";
    private static final int PART = 6 << 20;
    private static final String METADATA = "title " + base64("A tïtle") + ",description " + base64("Of\nit")
            + ",visibility " + base64("unlisted") + ",filename " + base64("a.mp4") + ",is_confidential";

    @Autowired
    private CamelContext context;

    /** After each too: others count what is in the store and what is open. */
    @BeforeEach
    @AfterEach
    void begin() {
        emptyTheStore();
    }

    @Test
    void saysWhatItSpeaks() throws Exception {
        HttpResponse<String> answer = send("OPTIONS", PATH, BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
        assertThat(header(answer, "Tus-Extension"))
                .isEqualTo("creation,creation-with-upload,expiration,termination,checksum");
        assertThat(header(answer, "Tus-Max-Size")).isEqualTo(String.valueOf(40 << 20));
        assertThat(header(answer, "Tus-Checksum-Algorithm")).isEqualTo("sha1,sha256,md5");
    }

    /** upload-create-resumable, upload-append-resumable, upload-find-resumable. */
    @Test
    void takesAVideoInAsManyPiecesAsItComesIn() throws Exception {
        byte[] video = Form.video(20_000_000);
        HttpResponse<String> created = create(video.length, "Upload-Metadata", METADATA);
        String id = header(created, "Caravan-Video-Id");
        assertThat(header(created, "Location")).isEqualTo(PATH + "/" + id);
        assertThat(header(created, "Upload-Offset")).isEqualTo("0");
        assertThat(expires(created)).isAfter(Instant.now().plus(Duration.ofHours(23)));
        assertThat(stored()).isEmpty();

        int[] ends = {1, 70_000, PART, PART + 1, 2 * PART + 5_000_000, 19_999_999};
        int at = 0;
        for (int end : ends) {
            HttpResponse<String> appended = append(id, at, Arrays.copyOfRange(video, at, end));
            assertThat(appended.statusCode()).as(appended.body()).isEqualTo(204);
            assertThat(header(appended, "Upload-Offset")).isEqualTo(String.valueOf(end));
            HttpResponse<String> found = find(id);
            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(header(found, "Upload-Offset")).isEqualTo(String.valueOf(end));
            assertThat(header(found, "Upload-Length")).isEqualTo("20000000");
            assertThat(header(found, "Upload-Metadata")).isEqualTo(METADATA);
            assertThat(header(found, "Cache-Control")).isEqualTo("no-store");
            assertThat(expires(found)).isAfter(Instant.now().plus(Duration.ofHours(23)));
            assertThat(stored().size()).as("objects with what is no part yet").isLessThan(2);
            at = end;
        }
        HttpResponse<String> last = append(id, at, Arrays.copyOfRange(video, at, video.length));

        assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
        assertThat(header(last, "Upload-Offset")).isEqualTo("20000000");
        assertThat(last.headers().firstValue("Upload-Expires")).isEmpty();
        JsonNode data = announcement(id).path("data");
        assertThat(data.path("title").asText()).isEqualTo("A tïtle");
        assertThat(data.path("description").asText()).isEqualTo("Of\nit");
        assertThat(data.path("visibility").asText()).isEqualTo("unlisted");
        assertThat(data.path("user_id").asInt()).isEqualTo(ANN);
        assertThat(data.path("size").asLong()).isEqualTo(video.length);
        assertThat(data.path("etag").asText())
                .isEqualTo(
                        s3.headObject(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + id))
                                .eTag());
        assertThat(data.has("thumbnail")).isFalse();
        assertAccepted(id, video);
    }

    @Test
    void takesTheBytesThatComeAlongWithTheCreation() throws Exception {
        byte[] video = Form.video(13_000_000);

        HttpResponse<String> created = send(
                "POST",
                PATH,
                BodyPublishers.ofByteArray(Arrays.copyOf(video, 7_000_000)),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Length",
                "13000000",
                "Upload-Metadata",
                METADATA,
                "Content-Type",
                BYTES);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(header(created, "Upload-Offset")).isEqualTo("7000000");
        String id = header(created, "Caravan-Video-Id");
        HttpResponse<String> rest = send(
                "PATCH",
                PATH + "/" + id,
                chunked(Arrays.copyOfRange(video, 7_000_000, 13_000_000)),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                "7000000",
                "Content-Type",
                BYTES);

        assertThat(rest.statusCode()).as(rest.body()).isEqualTo(204);
        announcement(id);
        assertAccepted(id, video);
    }

    @Test
    void namesAVideoAfterItsFileWhenNobodyDid() throws Exception {
        byte[] video = Form.video(1000);
        String id = header(create(1000, "Upload-Metadata", "name " + base64("Holidays, 2.mp4")), "Caravan-Video-Id");
        append(id, 0, video);

        JsonNode data = announcement(id).path("data");
        assertThat(data.path("title").asText()).isEqualTo("Holidays, 2");
        assertThat(data.path("description").asText()).isEqualTo("Holidays, 2");
        assertThat(data.has("visibility")).isFalse();
    }

    @Test
    void goesOnWhereAClientWasCutOff() throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);

        sendPart(id, 0, video.length, Arrays.copyOf(video, 15_000_001)).close();

        await().atMost(PATIENCE).until(() -> offset(id) == 15_000_001);
        await().atMost(PATIENCE).until(() -> !isLeased(id));
        assertThat(append(id, 15_000_001, Arrays.copyOfRange(video, 15_000_001, video.length))
                        .statusCode())
                .isEqualTo(204);
        announcement(id);
        assertAccepted(id, video);
    }

    @Test
    void keepsWhatCameOfAClientThatSaysNothingMore() throws Exception {
        byte[] video = Form.video(10_000_000);
        String id = begun(video.length);

        try (Socket silent = sendPart(id, 0, video.length, Arrays.copyOf(video, 7_000_000))) {
            await().atMost(PATIENCE).until(() -> offset(id) == 7_000_000);
            assertThat(new String(silent.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 408");
        }
        assertThat(append(id, 7_000_000, Arrays.copyOfRange(video, 7_000_000, video.length))
                        .statusCode())
                .isEqualTo(204);
        assertAccepted(id, video);
    }

    /** upload-explain-lease, upload-hold-lease, upload-renew-leases. */
    @Test
    void letsOneSendAtATime() throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);
        try (Socket first = sendPart(id, 0, video.length, Arrays.copyOf(video, 7_000_000))) {
            await().atMost(PATIENCE).until(() -> offset(id) == PART);

            HttpResponse<String> second = append(id, PART, Arrays.copyOfRange(video, PART, video.length));

            assertThat(second.statusCode()).isEqualTo(423);
            assertProblem(second, "upload-locked", "Locked");
            first.getOutputStream().write(video, 7_000_000, 13_000_000);
            assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 204");
        }
        announcement(id);
        assertAccepted(id, video);
    }

    @Test
    void takesALeaseThatNobodyRenews() throws Exception {
        byte[] video = Form.video(1000);
        String id = begun(1000);
        jdbc.update(
                "update resumable_uploads set lease = gen_random_uuid(), lease_until = now() + interval '5 seconds'"
                        + " where video_id = ?::uuid",
                id);

        assertThat(append(id, 0, video).statusCode()).isEqualTo(423);
        await().atMost(PATIENCE).until(() -> append(id, 0, video).statusCode() == 204);

        assertAccepted(id, video);
    }

    /** upload-note-received. */
    @Test
    void countsNothingOfOneWhoHasLostTheLease() throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);
        try (Socket first = sendPart(id, 0, video.length, Arrays.copyOf(video, 7_000_000))) {
            await().atMost(PATIENCE).until(() -> offset(id) == PART);
            String other = UUID.randomUUID().toString();
            jdbc.update(
                    "update resumable_uploads set lease = ?::uuid, lease_until = now() + interval '2 seconds'"
                            + " where video_id = ?::uuid",
                    other,
                    id);

            first.getOutputStream().write(video, 7_000_000, 6_000_000);

            assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 423");
            assertThat(offset(id)).isEqualTo(PART);
            assertThat(jdbc.queryForObject(
                            "select lease::text from resumable_uploads where video_id = ?::uuid", String.class, id))
                    .isEqualTo(other);
        }
        await().atMost(PATIENCE)
                .until(() -> append(id, PART, Arrays.copyOfRange(video, PART, video.length))
                                .statusCode()
                        == 204);
        assertAccepted(id, video);
    }

    @Test
    void takesNoBytesTwiceAndNoneOutOfOrder() throws Exception {
        byte[] video = Form.video(10_000_000);
        String id = begun(video.length);
        assertThat(append(id, 0, Arrays.copyOf(video, 7_000_000)).statusCode()).isEqualTo(204);

        for (long offset : new long[] {0, 6_999_999, 7_000_001, 9_000_000}) {
            HttpResponse<String> refused = append(id, offset, new byte[100]);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertProblem(refused, "offset-mismatch", "Conflict");
        }
        HttpResponse<String> nothing = append(id, 7_000_000, new byte[0]);
        assertThat(nothing.statusCode()).isEqualTo(204);
        assertThat(header(nothing, "Upload-Offset")).isEqualTo("7000000");

        assertThat(append(id, 7_000_000, Arrays.copyOfRange(video, 7_000_000, video.length))
                        .statusCode())
                .isEqualTo(204);
        assertThat(append(id, 10_000_000, new byte[0]).statusCode())
                .as("one who did not hear that it was accepted")
                .isEqualTo(204);
        assertThat(append(id, 7_000_000, new byte[100]).statusCode()).isEqualTo(409);
        assertThat(offset(id)).isEqualTo(10_000_000);
        announcement(id);
        assertAccepted(id, video);
    }

    @ParameterizedTest
    @CsvSource({"sha1,SHA-1", "sha256,SHA-256", "md5,MD5"})
    void keepsOnlyBytesThatTheirChecksumIsOf(String name, String algorithm) throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);
        assertThat(append(id, 0, Arrays.copyOf(video, 1_000_000)).statusCode()).isEqualTo(204);
        byte[] rest = Arrays.copyOfRange(video, 1_000_000, 14_000_000);
        byte[] broken = rest.clone();
        broken[12_999_999] ^= 1;
        String checksum = name + " "
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance(algorithm).digest(rest));

        HttpResponse<String> refused = append(id, 1_000_000, broken, "Upload-Checksum", checksum);

        assertThat(refused.statusCode()).isEqualTo(460);
        assertProblem(refused, "checksum-mismatch", "Checksum Mismatch");
        assertThat(offset(id)).isEqualTo(1_000_000);
        assertThat(append(id, 1_000_000, rest, "Upload-Checksum", checksum).statusCode())
                .isEqualTo(204);
        assertThat(offset(id)).isEqualTo(14_000_000);
        byte[] last = Arrays.copyOfRange(video, 14_000_000, video.length);
        assertThat(append(id, 14_000_000, last, "Upload-Checksum", checksum).statusCode())
                .isEqualTo(460);
        assertThat(append(
                                id,
                                14_000_000,
                                last,
                                "Upload-Checksum",
                                name + " "
                                        + Base64.getEncoder()
                                                .encodeToString(MessageDigest.getInstance(algorithm)
                                                        .digest(last)))
                        .statusCode())
                .isEqualTo(204);
        announcement(id);
        assertAccepted(id, video);
    }

    @Test
    void keepsNothingOfBytesWithAChecksumThatWereCutOff() throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);
        sendPart(
                        id,
                        0,
                        video.length,
                        Arrays.copyOf(video, 15_000_000),
                        "Upload-Checksum: sha1 " + Base64.getEncoder().encodeToString(new byte[20]) + "\r\n")
                .close();

        await().atMost(PATIENCE).until(() -> context.getInflightRepository().size("upload-tus-endpoint") == 0);
        assertThat(offset(id)).isZero();
        append(id, 0, video);
        assertAccepted(id, video);
    }

    @Test
    void takesNoMoreThanWasSaid() throws Exception {
        byte[] video = Form.video(10_000_000);
        String id = begun(video.length);
        append(id, 0, Arrays.copyOf(video, 1000));

        HttpResponse<String> tooMuch = append(id, 1000, new byte[9_999_001]);
        assertThat(tooMuch.statusCode()).isEqualTo(413);
        assertProblem(tooMuch, "too-large", "Content Too Large");
        assertThat(offset(id)).isEqualTo(1000);
        HttpResponse<String> chunked = send(
                "PATCH",
                PATH + "/" + id,
                chunked(Arrays.copyOfRange(Arrays.copyOf(video, 10_000_001), 1000, 10_000_001)),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                "1000",
                "Content-Type",
                BYTES);
        assertThat(chunked.statusCode()).isEqualTo(413);
        long offset = offset(id);
        assertThat(offset).isEqualTo(PART);
        assertThat(append(id, offset, Arrays.copyOfRange(video, (int) offset, video.length))
                        .statusCode())
                .isEqualTo(204);
        assertAccepted(id, video);
    }

    @Test
    void isGoneWhenItHasExpiredAndSweptThen() throws Exception {
        String id = begun(20_000_000);
        append(id, 0, Form.video(7_000_000));
        jdbc.update("update uploads set created_at = now() - interval '3 days' where video_id = ?::uuid", id);
        String other = begun(1000);
        jdbc.update("update uploads set created_at = now() - interval '3 days' where video_id = ?::uuid", other);
        jdbc.update(
                "update resumable_uploads set expires_at = now() + interval '1 day' where video_id = ?::uuid", other);
        // Not old enough for the sweep: only what the client is told.
        String expired = begun(1000);
        expire(expired);
        for (HttpResponse<String> answer : List.of(find(expired), append(expired, 0, Form.video(1000)))) {
            assertThat(answer.statusCode()).isEqualTo(410);
        }
        assertProblem(append(expired, 0, Form.video(1000)), "upload-expired", "Gone");

        expire(id);

        await().atMost(PATIENCE).until(() -> !isKnown(id));
        await().atMost(PATIENCE).untilAsserted(this::assertNothingIsStored);
        assertThat(find(id).statusCode()).isEqualTo(404);
        assertThat(isKnown(other)).isTrue();
        assertThat(find(other).statusCode()).isEqualTo(200);
    }

    @Test
    void endsNoPartsOfAnUploadThatGoesOn() throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);
        append(id, 0, Arrays.copyOf(video, 7_000_000));
        String stray = "raw-videos/" + UUID.randomUUID();
        s3.createMultipartUpload(request -> request.bucket(Servers.BUCKET).key(stray));
        Servers.get().age(id, Duration.ofHours(25));
        Servers.get().age(stray.substring("raw-videos/".length()), Duration.ofHours(25));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(begunInStore()).containsExactly("raw-videos/" + id));

        append(id, 7_000_000, Arrays.copyOfRange(video, 7_000_000, video.length));
        assertAccepted(id, video);
    }

    @Test
    void removesATailThatTheUploadNeedsNoMore() throws Exception {
        byte[] video = Form.video(1000);
        String id = begun(1000);
        append(id, 0, video);
        String tail = "upload-tails/" + id + "/" + UUID.randomUUID();
        String waiting = begun(1000);
        append(waiting, 0, Arrays.copyOf(video, 10));
        jdbc.update("update uploads_known_since set moment = now() - interval '10 days'");
        try {
            s3.putObject(
                    request -> request.bucket(Servers.BUCKET).key(tail),
                    software.amazon.awssdk.core.sync.RequestBody.fromBytes(video));
            Servers.get().age(tail.substring(tail.lastIndexOf('/') + 1), Duration.ofHours(25));
            Servers.get().age(waiting, Duration.ofHours(25));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored()).doesNotContain(tail));
            assertThat(stored()).anyMatch(key -> key.startsWith("upload-tails/" + waiting));
        } finally {
            jdbc.update("update uploads_known_since set moment = now()");
        }
    }

    @Test
    void isNobodysButItsOwners() throws Exception {
        String id = begun(1000);

        for (String method : List.of("HEAD", "PATCH", "DELETE")) {
            HttpResponse<String> answer = sendAs(
                    8,
                    method,
                    PATH + "/" + id,
                    method.equals("PATCH") ? BodyPublishers.ofByteArray(new byte[10]) : BodyPublishers.noBody(),
                    "Tus-Resumable",
                    "1.0.0",
                    "Upload-Offset",
                    "0",
                    "Content-Type",
                    BYTES);
            assertThat(answer.statusCode()).as(method).isEqualTo(404);
        }
        assertThat(find(id).statusCode()).isEqualTo(200);
        for (String unknown : List.of(UUID.randomUUID().toString(), "1-1-1-1-1", id + "x", "")) {
            assertThat(find(unknown).statusCode()).as(unknown).isEqualTo(404);
        }
        assertThat(http.send(
                                HttpRequest.newBuilder(url(PATH + "/" + id))
                                        .method("HEAD", BodyPublishers.noBody())
                                        .header("Tus-Resumable", "1.0.0")
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
    }

    /** upload-end-resumable, upload-explain-end. */
    @Test
    void endsWhatItsOwnerDoesNotWant() throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);
        append(id, 0, Arrays.copyOf(video, 7_000_000));
        try (Socket sending =
                sendPart(id, 7_000_000, video.length - 7_000_000, Arrays.copyOfRange(video, 7_000_000, 13_000_000))) {
            await().atMost(PATIENCE).until(() -> offset(id) == 2 * PART);

            HttpResponse<String> ended = end(id);

            assertThat(ended.statusCode()).isEqualTo(204);
            assertThat(header(ended, "Tus-Resumable")).isEqualTo("1.0.0");
            sending.getOutputStream().write(video, 13_000_000, 6_000_000);
            assertThat(new String(sending.getInputStream().readNBytes(10), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 4");
        }
        assertThat(find(id).statusCode()).isEqualTo(404);
        assertThat(end(id).statusCode()).isEqualTo(404);
        assertNothingIsStored();

        String accepted = begun(1000);
        append(accepted, 0, Form.video(1000));
        HttpResponse<String> refused = end(accepted);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertProblem(refused, "upload-accepted", "Conflict");
        assertThat(offset(accepted)).isEqualTo(1000);
    }

    /** upload-withdraw-resumable. */
    @Test
    void removesWhatIsNoVideoAsSoonAsThatIsSeen() throws Exception {
        String early = begun(20_000_000);
        HttpResponse<String> refused = append(early, 0, new byte[7_000_000]);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).at("/data/errors/video/0").asText())
                .isEqualTo("video is not a video");
        assertThat(find(early).statusCode()).isEqualTo(404);

        String small = begun(1000);
        assertThat(append(small, 0, new byte[1000]).statusCode()).isEqualTo(400);
        assertThat(find(small).statusCode()).isEqualTo(404);
        assertNothingIsStored();
    }

    @Test
    void refusesWhatCanNeverBeAccepted() throws Exception {
        assertRefused(413, "too-large", create(41 << 20, "Upload-Metadata", METADATA));
        for (String length : List.of("99999999999999999999999", "9".repeat(19))) {
            assertRefused(413, "too-large", post("Upload-Length", length, "Upload-Metadata", METADATA));
        }
        for (String length : List.of("0", "-1", "1.5", "x", "", "1e3")) {
            assertThat(errors(post("Upload-Length", length, "Upload-Metadata", METADATA), "Upload-Length"))
                    .as(length)
                    .isNotEmpty();
        }
        assertThat(errors(post("Upload-Metadata", METADATA), "Upload-Length")).isEqualTo("Upload-Length is required");
        assertThat(errors(post("Upload-Defer-Length", "1", "Upload-Metadata", METADATA), "Upload-Length"))
                .isEqualTo("Upload-Length has to be known from the beginning");
        assertThat(errors(create(1000), "title")).isEqualTo("title is required");
        for (String metadata : List.of("title", "title ", "title " + base64("\u200b"))) {
            assertThat(errors(create(1000, "Upload-Metadata", metadata), "title"))
                    .isEqualTo("title is required");
        }
        for (String metadata : List.of("title !", "title QQ==,title QQ==", ",title QQ==", "title QQ== QQ==")) {
            assertThat(errors(create(1000, "Upload-Metadata", metadata), "Upload-Metadata"))
                    .as(metadata)
                    .isNotEmpty();
        }
        assertThat(errors(create(1000, "Upload-Metadata", "title /w=="), "title"))
                .isEqualTo("title must be text in UTF-8");
        assertThat(errors(
                        create(1000, "Upload-Metadata", METADATA.replace(base64("unlisted"), base64("all"))),
                        "visibility"))
                .isNotEmpty();
        assertThat(errors(
                        create(1000, "Upload-Metadata", METADATA, "Upload-Checksum", "crc32 AAAA"), "Upload-Checksum"))
                .isNotEmpty();
        assertRefused(
                415,
                "unsupported-media-type",
                send(
                        "POST",
                        PATH,
                        BodyPublishers.ofString("x"),
                        "Tus-Resumable",
                        "1.0.0",
                        "Upload-Length",
                        "1000",
                        "Upload-Metadata",
                        METADATA,
                        "Content-Type",
                        "video/mp4"));
        assertThat(jdbc.queryForObject("select count(*) from uploads where published_at is null", Integer.class))
                .isZero();
        assertNothingIsStored();
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        String id = begun(1000);
        String path = PATH + "/" + id;
        BodyPublisher bytes = BodyPublishers.ofByteArray(new byte[10]);

        assertRefused(
                415,
                "unsupported-media-type",
                send(
                        "PATCH",
                        path,
                        bytes,
                        "Tus-Resumable",
                        "1.0.0",
                        "Upload-Offset",
                        "0",
                        "Content-Type",
                        "video/mp4"));
        for (String offset : List.of("-1", "x", "9".repeat(30))) {
            assertThat(errors(
                            send(
                                    "PATCH",
                                    path,
                                    bytes,
                                    "Tus-Resumable",
                                    "1.0.0",
                                    "Upload-Offset",
                                    offset,
                                    "Content-Type",
                                    BYTES),
                            "Upload-Offset"))
                    .as(offset)
                    .isNotEmpty();
        }
        assertThat(errors(send("PATCH", path, bytes, "Tus-Resumable", "1.0.0", "Content-Type", BYTES), "Upload-Offset"))
                .isEqualTo("Upload-Offset is required");
        for (String checksum : List.of("sha1", "sha1 !", "sha1 AAAA", "sha512 AAAA")) {
            assertThat(errors(append(id, 0, new byte[10], "Upload-Checksum", checksum), "Upload-Checksum"))
                    .as(checksum)
                    .isNotEmpty();
        }
        assertThat(offset(id)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "PATCH", "DELETE"})
    void speaksNoOtherVersion(String method) throws Exception {
        for (String version : List.of("", "0.2.2", "1.0")) {
            HttpResponse<String> answer = version.isEmpty()
                    ? send(method, PATH + "/" + UUID.randomUUID(), BodyPublishers.noBody())
                    : send(method, PATH + "/" + UUID.randomUUID(), BodyPublishers.noBody(), "Tus-Resumable", version);

            assertThat(answer.statusCode()).isEqualTo(412);
            assertThat(header(answer, "Tus-Version")).isEqualTo("1.0.0");
            if (!method.equals("HEAD")) {
                assertProblem(answer, "tus-version-unsupported", "Precondition Failed");
            }
        }
    }

    /** upload-reserve-resumable, and upload-find-resumable of one that was not accepted when it was whole. */
    @Test
    void holdsTheQuotaAndAcceptsWhatFitsInLater() throws Exception {
        int user = 7_401;
        byte[] video = Form.video(10_000_000);
        String id = header(
                sendAs(
                        user,
                        "POST",
                        PATH,
                        BodyPublishers.noBody(),
                        "Tus-Resumable",
                        "1.0.0",
                        "Upload-Length",
                        "10000000",
                        "Upload-Metadata",
                        METADATA),
                "Caravan-Video-Id");
        jdbc.update("insert into quotas (user_id, max_bytes, max_uploads) values (?, 9000000, 1)", user);
        HttpResponse<String> another = sendAs(
                user,
                "POST",
                PATH,
                BodyPublishers.noBody(),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Length",
                "1000",
                "Upload-Metadata",
                METADATA);
        assertThat(another.statusCode()).isEqualTo(413);
        assertProblem(another, "quota-exceeded", "Content Too Large");

        HttpResponse<String> full = sendAs(
                user,
                "PATCH",
                PATH + "/" + id,
                BodyPublishers.ofByteArray(video),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                "0",
                "Content-Type",
                BYTES);
        assertThat(full.statusCode()).isEqualTo(413);
        assertProblem(full, "quota-exceeded", "Content Too Large");
        assertThat(isKnown(id)).isTrue();
        assertThat(jdbc.queryForObject(
                        "select published_at is null from uploads where video_id = ?::uuid", Boolean.class, id))
                .isTrue();
        jdbc.update("delete from quotas where user_id = ?", user);

        HttpResponse<String> found =
                sendAs(user, "HEAD", PATH + "/" + id, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(header(found, "Upload-Offset")).isEqualTo("10000000");
        announcement(id);
        assertAccepted(id, video);
    }

    /** upload-begin-parts, upload-receive, upload-finish. */
    @Test
    void goesOnWhenTheObjectStoreIsBack() throws Exception {
        byte[] video = Form.video(20_000_000);
        String id = begun(video.length);
        append(id, 0, Arrays.copyOf(video, 7_000_000));
        Servers.get().stopStore();
        try {
            assertThat(append(id, 7_000_000, Arrays.copyOfRange(video, 7_000_000, video.length))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(offset(id)).isEqualTo(7_000_000);
        } finally {
            Servers.get().startStore();
        }

        assertThat(append(id, 7_000_000, Arrays.copyOfRange(video, 7_000_000, video.length))
                        .statusCode())
                .isEqualTo(204);
        announcement(id);
        assertAccepted(id, video);
    }

    private void assertAccepted(String id, byte[] video) {
        assertThat(s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + id))
                        .asByteArray())
                .isEqualTo(video);
        assertThat(offset(id)).isEqualTo(video.length);
        assertThat(stored()).noneMatch(key -> key.startsWith("upload-tails/" + id));
        assertThat(begunInStore()).doesNotContain("raw-videos/" + id);
        assertThat(jdbc.queryForObject("select count(*) from upload_parts where video_id = ?::uuid", Integer.class, id))
                .isZero();
        assertThat(isLeased(id)).isFalse();
    }

    private void assertNothingIsStored() {
        assertThat(stored()).isEmpty();
        assertThat(begunInStore()).isEmpty();
    }

    private List<String> begunInStore() {
        return s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    private static void assertRefused(int status, String type, HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("type").asText()).isEqualTo("urn:caravan:problem:" + type);
    }

    private static void assertProblem(HttpResponse<String> answer, String type, String message) throws IOException {
        assertRefused(answer.statusCode(), type, answer);
        assertThat(JSON.readTree(answer.body()).path("message").asText()).isEqualTo(message);
        assertThat(header(answer, "Tus-Resumable")).isEqualTo("1.0.0");
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
    }

    private static String errors(HttpResponse<String> answer, String field) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return JSON.readTree(answer.body())
                .path("data")
                .path("errors")
                .path(field)
                .path(0)
                .asText();
    }

    private boolean isLeased(String id) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select lease is not null from resumable_uploads where video_id = ?::uuid", Boolean.class, id));
    }

    private void expire(String id) {
        jdbc.update("update resumable_uploads set expires_at = now() where video_id = ?::uuid", id);
    }

    private long offset(String id) {
        return jdbc.queryForObject("select received from resumable_uploads where video_id = ?::uuid", Long.class, id);
    }

    private String begun(long length) throws Exception {
        HttpResponse<String> created = create(length, "Upload-Metadata", METADATA);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return header(created, "Caravan-Video-Id");
    }

    private HttpResponse<String> create(long length, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Upload-Length";
        all[headers.length + 1] = String.valueOf(length);
        return post(all);
    }

    private HttpResponse<String> post(String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Tus-Resumable";
        all[headers.length + 1] = "1.0.0";
        return send("POST", PATH, BodyPublishers.noBody(), all);
    }

    private HttpResponse<String> append(String id, long offset, byte[] bytes, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 6);
        String[] own = {"Tus-Resumable", "1.0.0", "Upload-Offset", String.valueOf(offset), "Content-Type", BYTES};
        System.arraycopy(own, 0, all, headers.length, 6);
        return send("PATCH", PATH + "/" + id, BodyPublishers.ofByteArray(bytes), all);
    }

    private HttpResponse<String> find(String id) throws Exception {
        return send("HEAD", PATH + "/" + id, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");
    }

    private HttpResponse<String> end(String id) throws Exception {
        return send("DELETE", PATH + "/" + id, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers)
            throws Exception {
        return sendAs(ANN, method, path, body, headers);
    }

    private HttpResponse<String> sendAs(int user, String method, String path, BodyPublisher body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(path))
                .header("x-user-id", Integer.toString(user))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends some of a request's bytes. */
    private Socket sendPart(String id, long offset, long length, byte[] bytes, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        OutputStream out = socket.getOutputStream();
        out.write(Form.bytes("PATCH " + PATH + "/" + id + " HTTP/1.1\r\nHost: x\r\nx-user-id: 7\r\n"
                + "Tus-Resumable: 1.0.0\r\nUpload-Offset: " + offset + "\r\nContent-Type: " + BYTES
                + "\r\nContent-Length: " + length + "\r\n" + String.join("", headers) + "\r\n"));
        out.write(bytes);
        out.flush();
        return socket;
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    private static Instant expires(HttpResponse<String> answer) {
        return ZonedDateTime.parse(header(answer, "Upload-Expires"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers()
                .firstValue(name)
                .orElseThrow(() -> new AssertionError(
                        name + " is not among " + answer.headers().map() + answer.body()));
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
