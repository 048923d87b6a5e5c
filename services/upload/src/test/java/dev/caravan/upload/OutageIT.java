package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.CaravanService;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.upload.direct.Form;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers go and come: outbox-relay, upload-error-handler. */
class OutageIT extends UploadTestBase {

    @Test
    void announcesOnceWhenTheBrokerIsBackWhatWasAcceptedWithoutIt() throws Exception {
        List<CreatePresignedUrlResponseData> uploads = new ArrayList<>();
        Servers.get().stopBroker();
        try {
            for (int i = 0; i < 7; i++) {
                CreatePresignedUrlResponseData upload = presigned(ANN);
                put(upload.getVideoUrl(), Form.video(1000));
                assertThat(webhook(upload).getMessage()).isEqualTo("Success");
                uploads.add(upload);
            }
            assertThat(uploads).noneMatch(upload -> isAnnounced(upload.getVideoId()));
        } finally {
            Servers.get().startBroker();
        }

        for (CreatePresignedUrlResponseData upload : uploads) {
            announcement(upload.getVideoId());
        }
    }

    @Test
    void takesUpWhatAnInstanceLeftThatDied() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        jdbc.update(
                "update uploads set title = 't', description = 'd', published_at = now(), announce_after = now()"
                        + " where video_id = ?::uuid",
                upload.getVideoId());

        announcement(upload.getVideoId());
    }

    @Test
    void saysUnavailableWhileTheObjectStoreIsDown() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        Servers.get().stopStore();
        try {
            Fault fault = fault(() -> webhook(upload));
            assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(fault.getMessage()).doesNotContain("127.0.0.1");
            assertThat(directUpload()).isEqualTo(503);
        } finally {
            Servers.get().startStore();
        }

        webhook(upload);
        announcement(upload.getVideoId());
        assertThat(directUpload()).isEqualTo(201);
    }

    @Test
    void startsWithoutAnyServerAndServesWhenTheyAreThere() throws Exception {
        Servers.get().createDatabase("caravan_second");
        Servers.get().stopDatabase();
        Servers.get().stopBroker();
        Servers.get().stopStore();
        int port = FreePorts.pick();
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--upload.port=" + port, "--camel.servlet.mapping.servlet-name=second"));
        Map<String, String> properties = Servers.get().properties();
        properties.put("spring.datasource.url", Servers.get().jdbcUrl("caravan_second"));
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        try (ConfigurableApplicationContext second =
                CaravanService.builder(UploadApplication.class, "upload").run(arguments.toArray(String[]::new))) {
            assertThat(second.isRunning()).isTrue();
            assertThat(fault(() -> presigned(ANN)).code()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(directUpload()).isEqualTo(503);
            Servers.get().startStore();
            Servers.get().startDatabase();
            Servers.get().startBroker();

            connect(port);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !presigned(ANN).getVideoId().isEmpty());
            CreatePresignedUrlResponseData upload = presigned(ANN);
            put(upload.getVideoUrl(), Form.video(1000));
            webhook(upload);
            await().atMost(PATIENCE)
                    .until(() -> !announcements(upload.getVideoId()).isEmpty());
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> directUpload() == 201);
    }

    private int directUpload() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + httpPort + "/videos/upload?title=t&description=d"))
                .header("x-user-id", "7")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Form.video(1000)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
