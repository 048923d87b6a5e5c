package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.CreatePresignedUrlRequest;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.proto.upload.FindQuotaRequest;
import dev.caravan.proto.upload.Quota;
import dev.caravan.proto.upload.QuotaLimits;
import dev.caravan.proto.upload.QuotaUsage;
import dev.caravan.proto.upload.SetQuotaRequest;
import dev.caravan.upload.direct.Form;
import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

/** What one user may have of it: upload-check-quota, upload-set-quota, and the direct uploads of upload-direct. */
class LimitsIT extends UploadTestBase {

    private static final int MOST_OPEN = 60;

    @Test
    void givesNoMoreUrlsToAUserWhoLeavesMuchOpen() throws Exception {
        int user = 71;
        CreatePresignedUrlResponseData first = presigned(user);
        for (int i = 1; i < MOST_OPEN; i++) {
            presigned(user);
        }

        Fault fault = fault(() -> presigned(user));
        assertThat(fault.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(fault.reason()).isEqualTo("TOO_MANY_OPEN_UPLOADS");
        assertThat(fault.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        presigned(ANN);

        put(first.getVideoUrl(), Form.video(1000));
        as(user).uploadedWebhook(about(first));
        presigned(user);
    }

    @Test
    void takesNoVideoThatTheUserHasNoRoomFor() throws Exception {
        int user = 72;
        String large = UUID.randomUUID().toString();
        long almostAll = (200L << 30) - 999;
        CreatePresignedUrlResponseData upload = presigned(user);
        put(upload.getVideoUrl(), Form.video(1000));
        jdbc.update(
                "insert into uploads (video_id, thumbnail_id, user_id, size, title, description, published_at,"
                        + " announce_after, announced_at)"
                        + " values (?::uuid, gen_random_uuid(), ?, ?, 't', 'd', now(), now(), now())",
                large,
                user,
                almostAll);

        Fault fault = fault(() -> as(user).uploadedWebhook(about(upload)));
        assertThat(fault.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(fault.reason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(fault.retryAfter()).isNull();
        HttpResponse<String> direct = post(user, Form.video(1000));
        assertThat(direct.statusCode()).isEqualTo(413);
        assertThat(direct.headers().firstValue("retry-after")).isEmpty();
        JsonNode problem = JSON.readTree(direct.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:caravan:problem:quota-exceeded");
        assertThat(problem.path("detail").asText()).contains("200 GiB");
        assertThat(post(user, Form.video(999)).statusCode()).isEqualTo(201);
        assertThat(fault(() -> presigned(user)).reason()).isEqualTo("QUOTA_EXCEEDED");

        rabbit.convertAndSend(
                "video",
                "VideoDeleted",
                Form.bytes("{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"" + large
                        + "\", \"user_id\": 72}}"));
        await().atMost(PATIENCE).until(() -> !isKnown(large));
        as(user).uploadedWebhook(about(upload));
    }

    @Test
    void letsOneOfManyInThatComeAtOnceToTheLastPlace() throws Exception {
        int user = 75;
        List<CreatePresignedUrlResponseData> uploads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            uploads.add(presigned(user));
            put(uploads.get(i).getVideoUrl(), Form.video(1000));
        }

        allow(user, SetQuotaRequest.newBuilder().setMaxVideos(1));
        assertThat(accepted(atOnce(uploads, upload -> as(user).uploadedWebhook(about(upload)))))
                .isEqualTo(1);
        assertThat(quota(user).getUsed().getVideos()).isEqualTo(1);

        allow(user, SetQuotaRequest.newBuilder().setMaxBytes(3999));
        assertThat(accepted(atOnce(uploads, upload -> as(user).uploadedWebhook(about(upload)))))
                .as("the first again, and two others")
                .isEqualTo(3);
        assertThat(quota(user).getUsed())
                .isEqualTo(QuotaUsage.newBuilder()
                        .setBytes(3000)
                        .setVideos(3)
                        .setUploads(5)
                        .build());

        allow(user, SetQuotaRequest.newBuilder().setMaxUploads(7));
        assertThat(accepted(atOnce(uploads, upload -> presigned(user)))).isEqualTo(2);
        allow(user, SetQuotaRequest.newBuilder().setMaxVideos(4).setMaxUploads(0));
        assertThat(atOnce(List.of(1, 2), upload -> {
                    int status = post(user, Form.video(1000)).statusCode();
                    if (status != 201) {
                        throw new IllegalStateException("answered " + status);
                    }
                }))
                .containsExactlyInAnyOrder("", "answered 413");
    }

    @Test
    void keepsRoomForWhatADirectUploadSaysItBrings() throws Exception {
        int user = 76;
        allow(user, SetQuotaRequest.newBuilder().setMaxBytes(30_000_500).setMaxUploads(2));
        try (Socket first = begin(user)) {
            await("it is under way").atMost(PATIENCE).until(() -> begunBy(user) == 1);
            assertThat(quota(user).getUsed().getBytes()).isEqualTo(30_000_000);

            assertThat(post(user, Form.video(501)).statusCode()).isEqualTo(413);
            assertThat(fault(() -> as(user).createPresignedUrl(CreatePresignedUrlRequest.newBuilder()
                                    .setSize(501)
                                    .build()))
                            .reason())
                    .isEqualTo("QUOTA_EXCEEDED");
            assertThat(post(user, Form.video(500)).statusCode()).isEqualTo(201);

            first.close();
            await("it is given up").atMost(PATIENCE).until(() -> begunBy(user) == 0);
        }
        assertThat(quota(user).getUsed())
                .isEqualTo(QuotaUsage.newBuilder().setBytes(500).setVideos(1).build());
    }

    @Test
    void doesNotCountADirectUploadThatIsDeadOrComesAgain() throws Exception {
        int user = 77;
        allow(user, SetQuotaRequest.newBuilder().setMaxUploads(1));
        jdbc.update(
                "insert into uploads (video_id, thumbnail_id, user_id, direct, declared, request_key)"
                        + " values (gen_random_uuid(), gen_random_uuid(), ?, true, 100, 'again')",
                user);
        assertThat(quota(user).getUsed().getUploads()).isEqualTo(1);
        assertThat(post(user, Form.video(1000), "other").statusCode()).isEqualTo(429);
        assertThat(post(user, Form.video(1000), "again").statusCode()).isEqualTo(201);

        jdbc.update(
                "insert into uploads (video_id, thumbnail_id, user_id, direct, declared, created_at)"
                        + " values (gen_random_uuid(), gen_random_uuid(), ?, true, 100, now() - interval '3 hours')",
                user);
        assertThat(quota(user).getUsed())
                .isEqualTo(QuotaUsage.newBuilder().setBytes(1000).setVideos(1).build());
        assertThat(post(user, Form.video(1000), "other").statusCode()).isEqualTo(201);
    }

    @Test
    void letsAdministratorsAloneSayWhatAUserMayHave() {
        SetQuotaRequest all = SetQuotaRequest.newBuilder().setId(78).build();
        assertThat(fault(() -> as(78).setQuota(all)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);

        allow(78, SetQuotaRequest.newBuilder().setMaxBytes(0).setMaxUploads(3));
        assertThat(quota(78).getAllowed())
                .isEqualTo(QuotaLimits.newBuilder().setMaxUploads(3).build());
        allow(78, SetQuotaRequest.newBuilder());
        assertThat(quota(78).getAllowed())
                .isEqualTo(QuotaLimits.newBuilder()
                        .setMaxBytes(200L << 30)
                        .setMaxUploads(MOST_OPEN)
                        .build());
    }

    private void allow(int user, SetQuotaRequest.Builder quota) {
        as(1, Headers.USER_ID, "1", Headers.USER_ROLE, "admin")
                .setQuota(quota.setId(user).build());
    }

    private Quota quota(int user) {
        return as(user).findQuota(FindQuotaRequest.getDefaultInstance())
                .getData()
                .getQuota();
    }

    /** What each came to: empty, or the message of its failure. */
    private static <T> List<String> atOnce(List<T> all, ThrowingConsumer<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(all.size());
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (T one : all) {
                answers.add(threads.submit(() -> {
                    start.await();
                    Throwable failure = catchThrowable(() -> call.acceptThrows(one));
                    return failure == null ? "" : String.valueOf(failure.getMessage());
                }));
            }
            List<String> messages = new ArrayList<>();
            for (Future<String> answer : answers) {
                messages.add(answer.get());
            }
            return messages;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long accepted(List<String> answers) {
        return answers.stream().filter(String::isEmpty).count();
    }

    @Test
    void letsAUserSendTwoVideosAtATime() throws Exception {
        int user = 73;
        try (Socket first = begin(user);
                Socket second = begin(user)) {
            await("two are under way").atMost(PATIENCE).until(() -> begunBy(user) == 2);

            HttpResponse<String> third = post(user, Form.video(1000));
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("retry-after")).contains("30");
            assertThat(JSON.readTree(third.body()).path("type").asText())
                    .isEqualTo("urn:caravan:problem:too-many-uploads");
            assertThat(post(ANN, Form.video(1000)).statusCode()).isEqualTo(201);

            first.close();
            second.close();
            await("they are given up").atMost(PATIENCE).until(() -> begunBy(user) == 0);
        }
        assertThat(post(user, Form.video(1000)).statusCode()).isEqualTo(201);
    }

    @Test
    void endsAnUploadThatOnlyTrickles() throws Exception {
        int user = 74;
        try (Socket socket = begin(user)) {
            OutputStream out = socket.getOutputStream();
            await("the answer")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        out.write(1);
                        return socket.getInputStream().available() > 0;
                    });
            // It is not listened to for ever after either.
            await("the end")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isCut(out));
            assertThat(new String(
                            socket.getInputStream()
                                    .readNBytes(socket.getInputStream().available()),
                            StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 504")
                    .contains("urn:caravan:problem:upload-too-slow");
        }
        await().atMost(PATIENCE).until(() -> begunBy(user) == 0);
    }

    private static boolean isCut(OutputStream out) {
        try {
            out.write(1);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Sends the beginning of a video, which is enough to be let in. */
    private Socket begin(int user) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort);
        socket.getOutputStream()
                .write(Form.bytes("POST /videos/upload?title=t&description=d HTTP/1.1\r\nHost: x\r\nx-user-id: " + user
                        + "\r\nContent-Length: 30000000\r\n\r\n"));
        socket.getOutputStream().write(Form.video(100_000));
        return socket;
    }

    private int begunBy(int user) {
        List<Integer> count = jdbc.queryForList(
                "select count(*) from uploads where direct and published_at is null and user_id = ?",
                Integer.class,
                user);
        return count.get(0);
    }

    private HttpResponse<String> post(int user, byte[] video) throws IOException, InterruptedException {
        return post(user, video, UUID.randomUUID().toString());
    }

    private HttpResponse<String> post(int user, byte[] video, String key) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + httpPort + "/videos/upload?title=t&description=d"))
                        .header("x-user-id", Integer.toString(user))
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(video))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
