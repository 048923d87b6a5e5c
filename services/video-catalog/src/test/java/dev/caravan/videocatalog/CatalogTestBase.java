package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindByIdResponseData;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it ships, on real servers, and a plain gRPC client; one context for all tests. */
@SpringBootTest(
        classes = VideoCatalogApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,video-catalog",
            "spring.application.name=video-catalog",
            "spring.datasource.hikari.connection-timeout=500",
            "video-catalog.retry-delay=50",
            "video-catalog.retry-max-delay=200"
        })
abstract class CatalogTestBase {

    private static final AtomicInteger LAST_USER = new AtomicInteger();

    @Value("${video-catalog.port}")
    private int port;

    @LocalServerPort
    int httpPort;

    @Autowired
    JdbcTemplate jdbc;

    Publisher publisher;
    private ManagedChannel channel;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        Servers.properties(registry);
        int free = FreePorts.pick();
        registry.add("video-catalog.port", () -> free);
    }

    @BeforeEach
    void connect() throws Exception {
        publisher = new Publisher();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void disconnect() throws Exception {
        channel.shutdownNow();
        publisher.close();
    }

    VideoCatalogServiceBlockingStub anybody() {
        return VideoCatalogServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .withWaitForReady();
    }

    /** As the gateway calls for somebody. */
    VideoCatalogServiceBlockingStub as(Object caller) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.USER_ID, Metadata.ASCII_STRING_MARSHALLER), String.valueOf(caller));
        metadata.put(Metadata.Key.of(Headers.AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER), "Bearer secret");
        metadata.put(Metadata.Key.of(Headers.REQUEST_ID, Metadata.ASCII_STRING_MARSHALLER), "request-7");
        return anybody().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** A user who has no videos yet and is known to the user service. */
    static int newUser() {
        return LAST_USER.incrementAndGet();
    }

    List<Video> mine(int user) {
        return as(user).findMine(FindMineRequest.newBuilder().setSize(100).build())
                .getData()
                .getVideosList();
    }

    Optional<Video> video(Messages messages) {
        return mine(messages.userId()).stream()
                .filter(video -> video.getVideoId().equals(messages.videoId()))
                .findFirst();
    }

    String state(Messages messages) {
        return video(messages).map(Video::getState).orElse("");
    }

    FindByIdResponseData find(VideoCatalogServiceBlockingStub stub, int id) {
        return stub.findById(FindByIdRequest.newBuilder().setId(id).build()).getData();
    }

    static Fault fault(ThrowingCallable call) {
        return Fault.from(catchThrowableOfType(StatusRuntimeException.class, call));
    }
}
