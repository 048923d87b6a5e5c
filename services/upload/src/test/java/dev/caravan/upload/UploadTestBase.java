package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.CreatePresignedUrlRequest;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.proto.upload.UploadServiceGrpc;
import dev.caravan.proto.upload.UploadServiceGrpc.UploadServiceBlockingStub;
import dev.caravan.proto.upload.UploadedWebhookRequest;
import dev.caravan.proto.upload.UploadedWebhookResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The service as it ships, on real servers, with plain clients; one context for all tests. */
@SpringBootTest(
        classes = UploadApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,upload",
            "spring.application.name=upload",
            "upload.max-size=40MB",
            "upload.part-size=6MB",
            "caravan.measure-period=500",
            "caravan.outbox.relay-period=200",
            "upload.ask-period=200",
            "upload.ask-after=PT1S",
            "upload.sweep-period=1000",
            "upload.sweep-objects-period=500",
            "upload.retry-max-delay=1000",
            "upload.slowest-window=PT3S",
            "upload.longest-drain=PT5S",
            "upload.max-open-per-user=60",
            "upload.lease=PT3S",
            "upload.renew-leases-period=300",
            "upload.imports-period=100",
            "upload.imports-at-once-per-user=2",
            "upload.import-tries=3",
            "caravan.http-client.allowed-networks=127.0.0.0/8",
            "caravan.http-client.answer-timeout=PT15S",
            "server.tomcat.connection-timeout=4s"
        })
abstract class UploadTestBase {

    static {
        // Seconds; less than the server's, which else may close a connection at the moment in which it is taken again.
        System.setProperty("jdk.httpclient.keepalive.timeout", "2");
    }

    static final int ANN = 7;
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final ObjectMapper JSON = new ObjectMapper();

    @Value("${upload.port}")
    private int port;

    @Value("${amqp.encode-queue}")
    String queue;

    @LocalServerPort
    int httpPort;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    S3Client s3;

    @Autowired
    RabbitTemplate rabbit;

    final HttpClient http = HttpClient.newHttpClient();

    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private @Nullable ManagedChannel channel;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        Servers.get().properties().forEach((name, value) -> registry.add(name, () -> value));
        int free = FreePorts.pick();
        registry.add("upload.port", () -> free);
    }

    @BeforeEach
    void connect() {
        connect(port);
    }

    /** Turns to another instance. */
    void connect(int port) {
        if (channel != null) {
            channel.shutdownNow();
        }
        channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void disconnect() {
        Objects.requireNonNull(channel).shutdownNow();
    }

    /** As the gateway calls for somebody. */
    UploadServiceBlockingStub as(int user) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.USER_ID, Metadata.ASCII_STRING_MARSHALLER), Integer.toString(user));
        metadata.put(Metadata.Key.of(Headers.AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER), "Bearer secret");
        return asNobody().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** As {@link #as(int)}, with whatever else a caller may think of: name, value, name, value. */
    UploadServiceBlockingStub as(int user, String... more) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < more.length; i += 2) {
            metadata.put(Metadata.Key.of(more[i], Metadata.ASCII_STRING_MARSHALLER), more[i + 1]);
        }
        return as(user).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    UploadServiceBlockingStub asNobody() {
        return UploadServiceGrpc.newBlockingStub(Objects.requireNonNull(channel))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    CreatePresignedUrlResponseData presigned(int user) {
        return as(user).createPresignedUrl(CreatePresignedUrlRequest.getDefaultInstance())
                .getData();
    }

    UploadedWebhookResponse webhook(CreatePresignedUrlResponseData upload) {
        return as(ANN).uploadedWebhook(about(upload));
    }

    static UploadedWebhookRequest about(CreatePresignedUrlResponseData upload) {
        return UploadedWebhookRequest.newBuilder()
                .setVideoId(upload.getVideoId())
                .setThumbnailId(upload.getThumbnailId())
                .setTitle("Ünïcode")
                .setDescription("A description\nof two lines")
                .build();
    }

    Fault fault(ThrowingCallable call) {
        return Fault.from(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    int put(String url, byte[] content, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).PUT(HttpRequest.BodyPublishers.ofByteArray(content));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The announcement of a video, which came just once. */
    JsonNode announcement(String video) throws IOException {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isAnnounced(video) && !announcements(video).isEmpty());
        List<Message> announcements = announcements(video);
        assertThat(announcements).hasSize(1);
        Message message = announcements.get(0);
        assertThat(message.getMessageProperties().getContentType()).isEqualTo("application/json");
        assertThat(message.getMessageProperties().getHeaders().keySet())
                .noneMatch(header -> header.equalsIgnoreCase("authorization")
                        || (header.startsWith("x-") && !header.equals(Headers.REQUEST_ID)));
        return JSON.readTree(message.getBody());
    }

    List<Message> announcements(String video) {
        for (Message message = rabbit.receive(queue); message != null; message = rabbit.receive(queue)) {
            heard.add(message);
        }
        return heard.stream()
                .filter(message ->
                        new String(message.getBody(), java.nio.charset.StandardCharsets.UTF_8).contains(video))
                .toList();
    }

    /** Whether an upload has a row. */
    boolean isKnown(String video) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from uploads where video_id = ?::uuid)", Boolean.class, video));
    }

    boolean isAnnounced(String video) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select announced_at is not null from uploads where video_id = ?::uuid", Boolean.class, video));
    }

    /** Of all that is not accepted. */
    void emptyTheStore() {
        jdbc.update("delete from uploads where published_at is null");
        stored().forEach(key ->
                s3.deleteObject(request -> request.bucket(Servers.BUCKET).key(key)));
        s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET))
                .uploads()
                .forEach(upload -> s3.abortMultipartUpload(request ->
                        request.bucket(Servers.BUCKET).key(upload.key()).uploadId(upload.uploadId())));
    }

    /** Keys of everything below raw-videos/ and thumbnails/. */
    List<String> stored() {
        return s3.listObjectsV2(request -> request.bucket(Servers.BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
