package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import wire.auth.AuthenticationServiceGrpc;
import wire.auth.LoginRequest;
import wire.auth.LogoutRequest;
import wire.auth.VerifyTokenRequest;
import wire.auth.VerifyTokenResponse;
import wire.upload.CreatePresignedUrlRequest;
import wire.upload.CreatePresignedUrlResponseData;
import wire.upload.UploadServiceGrpc;
import wire.upload.UploadedWebhookRequest;
import wire.user.FindByCredentialRequest;
import wire.user.StoreRequest;
import wire.user.StoreResponse;
import wire.user.User;
import wire.user.UserServiceGrpc;
import wire.videocatalog.FindAllRequest;
import wire.videocatalog.FindByIdRequest;
import wire.videocatalog.FindByIdResponseData;
import wire.videocatalog.Video;
import wire.videocatalog.VideoCatalogServiceGrpc;

/**
 * Programs of another make, which know the wire contract and nothing of ours, among our services. These have no key for each
 * other, as such programs have none.
 */
@Tag(SharedPlatform.APART)
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireIT {

    private static final String PASSWORD = "secret-words";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private List<Instance> services = List.of();
    private List<ManagedChannel> channels = List.of();
    private UserServiceGrpc.UserServiceBlockingStub users;
    private AuthenticationServiceGrpc.AuthenticationServiceBlockingStub authentication;
    private UploadServiceGrpc.UploadServiceBlockingStub uploads;
    private VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub catalog;
    private Connection broker;
    private Channel amqp;

    @BeforeAll
    void startServicesWithoutAKey(ApartPlatform platform) throws Exception {
        services = platform.withoutKey("user", "authentication", "upload", "video-catalog");
        services.forEach(Instance::start);
        services.forEach(Instance::awaitReady);
        channels = services.stream()
                .map(service -> Grpc.newChannelBuilder(
                                service.host + ":" + platform.grpcPort(service.service),
                                InsecureChannelCredentials.create())
                        .build())
                .toList();
        users = UserServiceGrpc.newBlockingStub(channels.get(0));
        authentication = AuthenticationServiceGrpc.newBlockingStub(channels.get(1));
        uploads = UploadServiceGrpc.newBlockingStub(channels.get(2));
        catalog = VideoCatalogServiceGrpc.newBlockingStub(channels.get(3));
        broker = platform.servers.broker().newConnection("of another make");
        amqp = broker.createChannel();
        amqp.confirmSelect();
    }

    @AfterAll
    void stop() throws Exception {
        channels.forEach(ManagedChannel::shutdownNow);
        if (broker != null) {
            broker.close();
        }
        services.forEach(Instance::stop);
    }

    @Test
    void storesAndFindsUsers() {
        String email = email();

        StoreResponse stored = store(email);

        assertThat(stored.getMessage()).isNotEmpty();
        User user = stored.getData().getUser();
        assertThat(user.getId()).isPositive();
        assertThat(user.getEmail()).isEqualTo(email);
        assertThat(user.hasImage()).isFalse();
        assertThat(Instant.parse(user.getCreatedAt())).isBefore(Instant.now());
        assertThat(users.findByCredential(FindByCredentialRequest.newBuilder()
                                .setEmail(email)
                                .setPassword(PASSWORD)
                                .build())
                        .getData()
                        .getUser()
                        .getId())
                .isEqualTo(user.getId());
        assertThat(as(user.getId(), users)
                        .findById(wire.user.FindByIdRequest.newBuilder()
                                .setId(user.getId())
                                .build())
                        .getData()
                        .getUser()
                        .getName())
                .isEqualTo("Bob Wire");
        assertThatThrownBy(() -> store(email)).hasMessageStartingWith("ALREADY_EXISTS");
    }

    @Test
    void logsInVerifiesAndLogsOutByTheTokenInTheMetadata() {
        String email = email();
        int id = store(email).getData().getUser().getId();

        String token = authentication
                .login(LoginRequest.newBuilder()
                        .setEmail(email)
                        .setPassword(PASSWORD)
                        .build())
                .getData()
                .getToken();

        var bearer = with("authorization", "Bearer " + token, authentication);
        VerifyTokenResponse verified = bearer.verifyToken(VerifyTokenRequest.getDefaultInstance());
        assertThat(verified.getData().getUser().getId()).isEqualTo(id);
        bearer.logout(LogoutRequest.getDefaultInstance());
        assertThatThrownBy(() -> bearer.verifyToken(VerifyTokenRequest.getDefaultInstance()))
                .hasMessageStartingWith("UNAUTHENTICATED");
    }

    @Test
    void takesAVideoFromUploadToTheCatalogueByRpc(ApartPlatform platform) {
        int owner = store(email()).getData().getUser().getId();
        CreatePresignedUrlResponseData urls = presigned(owner);
        Client.put(urls.getVideoUrl(), Clips.video(platform, 2, "320x180"));
        String title = "By RPC " + UUID.randomUUID();

        as(owner, uploads)
                .uploadedWebhook(UploadedWebhookRequest.newBuilder()
                        .setVideoId(urls.getVideoId())
                        .setThumbnailId(urls.getThumbnailId())
                        .setTitle(title)
                        .setDescription("Announced by a program of another make.")
                        .build());

        Video listed = awaitListed(title);
        FindByIdResponseData found = catalog.findById(
                        FindByIdRequest.newBuilder().setId(listed.getId()).build())
                .getData();
        assertThat(found.getManifestUrl()).contains("/encoded-videos/" + urls.getVideoId() + "/");
        assertThat(found.getVideo().getDuration()).isEqualTo(2);
        assertThat(found.getVideo().getResolution()).isEqualTo("320x180");
        assertThat(found.getVideo().getUser().getId()).isEqualTo(owner);
        assertThat(found.getVideo().getUser().getName()).isEqualTo("Bob Wire");
    }

    @Test
    void encodesWhatAPublisherOfAnotherMakeAnnounces(ApartPlatform platform) throws Exception {
        int owner = store(email()).getData().getUser().getId();
        CreatePresignedUrlResponseData urls = presigned(owner);
        Client.put(urls.getVideoUrl(), Clips.video(platform, 2, "320x180"));
        String title = "By message " + UUID.randomUUID();

        publish(
                "EncodeService",
                "EncodeUploadedVideo",
                Map.of(
                        "video_id",
                        urls.getVideoId(),
                        "thumbnail_id",
                        urls.getThumbnailId(),
                        "title",
                        title,
                        "description",
                        "On the default exchange.",
                        "published_at",
                        "2026-01-02T03:04:05Z",
                        "user_id",
                        owner));

        Video listed = awaitListed(title);
        assertThat(listed.getResolution()).isEqualTo("320x180");
        assertThat(Instant.parse(listed.getPublishedAt())).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void listsWhatAnEncoderOfAnotherMakeHasDone() throws Exception {
        int owner = store(email()).getData().getUser().getId();
        String video = UUID.randomUUID().toString();
        String title = "Encoded elsewhere " + video;

        publish(
                "VideoCatalogService",
                "VideoEncodingCompleted",
                Map.of(
                        "title",
                        title,
                        "description",
                        "By an encoder of another make.",
                        "published_at",
                        "2026-01-02T03:04:05Z",
                        "height",
                        1080,
                        "width",
                        1920,
                        "duration",
                        61,
                        "user_id",
                        owner,
                        "original_id",
                        video,
                        "thumbnail",
                        "thumbnails/" + video,
                        "path",
                        "encoded-videos/" + video));

        Video listed = awaitListed(title);
        assertThat(listed.getResolution()).isEqualTo("1920x1080");
        assertThat(listed.getDuration()).isEqualTo(61);
    }

    @Test
    void tellsItsHealth() {
        assertThat(channels).allSatisfy(channel -> assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING));
    }

    /** What RabbitMQ's policies put aside, and no broker of {@code ./caravan up} would, is in the inbox. */
    @Test
    void keepsWhatTheBrokerGaveUp(ApartPlatform platform) throws Exception {
        String name = "put aside " + UUID.randomUUID();
        amqp.basicPublish(
                "",
                "DeadLetters",
                new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                name.getBytes());
        amqp.waitForConfirmsOrDie(10_000);
        publishText("EncodeService", "no JSON: " + name);
        amqp.waitForConfirmsOrDie(10_000);
        Client admin = Client.admin(platform);

        await().atMost(LIMIT).untilAsserted(() -> {
            long kept = 0;
            for (JsonNode letter : admin.get("/dead-letters?size=100").data().path("dead_letters")) {
                String shown =
                        admin.get("/dead-letters/" + letter.path("id").asText()).body();
                kept += shown.contains(name) ? 1 : 0;
            }
            assertThat(kept).isEqualTo(2);
        });
        assertThat(FoundServers.rabbitmqctl(
                        "", "list_queues", "-p", platform.servers.virtualHost(), "name", "type", "policy"))
                .contains("EncodeService\tquorum\tcaravan-work", "DeadLetters\tquorum\tcaravan-dead-letters");
    }

    private CreatePresignedUrlResponseData presigned(int owner) {
        return as(owner, uploads)
                .createPresignedUrl(CreatePresignedUrlRequest.getDefaultInstance())
                .getData();
    }

    private StoreResponse store(String email) {
        return users.store(StoreRequest.newBuilder()
                .setName("Bob Wire")
                .setEmail(email)
                .setPassword(PASSWORD)
                .build());
    }

    private Video awaitListed(String title) {
        return await("'" + title + "' is listed")
                .atMost(LIMIT)
                .until(
                        () -> catalog.findAll(FindAllRequest.getDefaultInstance()).getData().getVideosList().stream()
                                .filter(video -> video.getTitle().equals(title))
                                .toList(),
                        videos -> videos.size() == 1)
                .get(0);
    }

    /** It declares the queue as all such programs do at start, then publishes on the default exchange. */
    private void publish(String queue, String key, Map<String, Object> data) throws Exception {
        publishText(queue, Client.JSON.writeValueAsString(Map.of("key", key, "data", data)));
    }

    private void publishText(String queue, String body) throws Exception {
        amqp.queueDeclare(queue, true, false, false, null);
        amqp.basicPublish(
                "",
                queue,
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .deliveryMode(2)
                        .build(),
                body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        amqp.waitForConfirmsOrDie(10_000);
    }

    private static String email() {
        return "wire-" + UUID.randomUUID() + "@example.org";
    }

    private static <S extends AbstractStub<S>> S as(int user, S stub) {
        return with("x-user-id", String.valueOf(user), stub);
    }

    private static <S extends AbstractStub<S>> S with(String name, String value, S stub) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }
}
