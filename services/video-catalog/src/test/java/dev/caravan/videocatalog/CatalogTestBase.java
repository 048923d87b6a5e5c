package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.videocatalog.DeadLetter;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindByIdResponseData;
import dev.caravan.proto.videocatalog.FindDeadLetterRequest;
import dev.caravan.proto.videocatalog.FindDeadLettersRequest;
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
import java.time.Duration;
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
import org.springframework.dao.DataAccessException;
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
            "cdn.origin-key=" + CatalogTestBase.ORIGIN_KEY,
            "caravan.measure-period=500",
            "video-catalog.sweep-period=1000",
            "video-catalog.publish-period=200",
            "video-catalog.count-period=100",
            "video-catalog.deliveries-period=50",
            "video-catalog.delivery-retries=0,0,0",
            "video-catalog.delivery-lease=PT3S",
            "caravan.http-client.allowed-networks=127.0.0.1/32",
            "caravan.http-client.answer-timeout=PT2S",
            "video-catalog.retry-delay=50",
            "video-catalog.retry-max-delay=200"
        })
abstract class CatalogTestBase {

    static final String ORIGIN_KEY = "the key of the tests";

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
        call(port);
    }

    /** Has the calls of this test go to a service of its own. */
    void call(int grpcPort) {
        if (channel != null) {
            channel.shutdownNow();
        }
        channel = Grpc.newChannelBuilder("127.0.0.1:" + grpcPort, InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void disconnect() {
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
        return as(caller, "user");
    }

    VideoCatalogServiceBlockingStub admin() {
        return as(999, Headers.ADMIN);
    }

    private VideoCatalogServiceBlockingStub as(Object caller, String role) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.USER_ROLE, Metadata.ASCII_STRING_MARSHALLER), role);
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

    /** The id of a video that was encoded. */
    int ready(Messages messages) throws Exception {
        publisher.publish("VideoEncodingCompleted", messages.completed(1));
        await().until(() -> state(messages).equals("ready"));
        return video(messages).orElseThrow().getId();
    }

    /** Of this state, newest first. */
    List<DeadLetter> letters(String state) {
        return admin().findDeadLetters(FindDeadLettersRequest.newBuilder()
                        .setState(state)
                        .setSize(100)
                        .build())
                .getData()
                .getDeadLettersList();
    }

    DeadLetter letter(long id) {
        return admin().findDeadLetter(
                        FindDeadLetterRequest.newBuilder().setId(id).build())
                .getData()
                .getDeadLetter();
    }

    /** Waits for the only open letter, with all that is known of it. */
    DeadLetter awaitLetter() {
        await().until(() -> letters("open").size() == 1);
        return letter(letters("open").get(0).getId());
    }

    /** As soon as the database is there. */
    void forgetLetters() {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .until(() -> jdbc.queryForObject("SELECT 1", Integer.class) == 1);
        jdbc.update("DELETE FROM outbox");
        jdbc.update("DELETE FROM dead_letters");
    }

    static Fault fault(ThrowingCallable call) {
        return Fault.from(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    /** A queue is read in order: when another video's event is recorded, all before are. */
    void awaitAllEvents(int user) throws Exception {
        Messages last = Messages.about(user, "Last");
        publisher.publish("EncodeUploadedVideo", last.uploaded());
        await().until(() -> !state(last).isEmpty());
        publisher.publish("VideoEncodingCompleted", last.completed());
        await().until(() -> state(last).equals("ready"));
    }
}
