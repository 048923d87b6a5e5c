package dev.caravan.user;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.StoreRequest;
import dev.caravan.proto.user.User;
import dev.caravan.proto.user.UserServiceGrpc;
import dev.caravan.proto.user.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it ships, on a real PostgreSQL, and a plain gRPC client; one context for all tests. */
@SpringBootTest(
        classes = UserApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,user", "spring.application.name=user"})
abstract class UserServiceTestBase {

    static final String PASSWORD = "correct horse";

    @Value("${user.port}")
    private int port;

    @Autowired
    JdbcTemplate jdbc;

    private ManagedChannel channel;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", Database::url);
        registry.add("spring.datasource.username", () -> Database.server().username());
        registry.add("spring.datasource.password", () -> Database.server().password());
        int free = FreePorts.pick();
        registry.add("user.port", () -> free);
    }

    @BeforeEach
    void connect() {
        channel = channel(port);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    UserServiceBlockingStub users() {
        return UserServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    /** As the gateway calls for somebody. */
    UserServiceBlockingStub as(String caller) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.USER_ID, Metadata.ASCII_STRING_MARSHALLER), caller);
        return users().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    UserServiceBlockingStub as(User user) {
        return as(Integer.toString(user.getId()));
    }

    static String newEmail() {
        return UUID.randomUUID() + "@example.org";
    }

    static StoreRequest ann(String email) {
        return StoreRequest.newBuilder()
                .setName("Ann Example")
                .setEmail(email)
                .setPassword(PASSWORD)
                .build();
    }

    User stored() {
        return stored(newEmail());
    }

    User stored(String email) {
        return users().store(ann(email)).getData().getUser();
    }

    static Fault fault(ThrowingCallable call) {
        return Fault.from(catchThrowableOfType(StatusRuntimeException.class, call));
    }
}
