package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.RedisServer;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.auth.AuthenticationServiceGrpc;
import dev.caravan.proto.auth.AuthenticationServiceGrpc.AuthenticationServiceBlockingStub;
import dev.caravan.proto.auth.LogoutRequest;
import dev.caravan.proto.auth.LogoutResponse;
import dev.caravan.proto.auth.RegisterRequest;
import dev.caravan.proto.auth.RegisterResponseData;
import dev.caravan.proto.auth.User;
import dev.caravan.proto.auth.VerifyTokenRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it ships, on a real Redis, beside a stand-in for the user service; one context for all tests. */
@SpringBootTest(
        classes = AuthenticationApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,authentication",
            "spring.application.name=authentication",
            "authentication.signing-key=target/keys/signing-key.json"
        })
abstract class AuthenticationTestBase {

    private static final Path REDIS_FOLDER = Path.of("target", "redis");

    static final Users USERS = new Users(FreePorts.pick());

    private static RedisServer redis = RedisServer.start(REDIS_FOLDER, 0);

    @Value("${authentication.port}")
    int port;

    private ManagedChannel channel;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("redis.url", AuthenticationTestBase::redisUrl);
        registry.add("user.address", USERS::address);
        int free = FreePorts.pick();
        registry.add("authentication.port", () -> free);
    }

    static synchronized String redisUrl() {
        return redis.url();
    }

    static synchronized void stopRedis() {
        redis.close();
    }

    /** On the port that it had. */
    static synchronized void startRedisAgain() {
        if (FreePorts.isFree(redis.port())) {
            redis = RedisServer.start(REDIS_FOLDER, redis.port());
        }
    }

    @BeforeEach
    void connect() {
        channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    ManagedChannel channel() {
        return channel;
    }

    AuthenticationServiceBlockingStub service() {
        return AuthenticationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    AuthenticationServiceBlockingStub withHeader(String authorization) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(Headers.AUTHORIZATION, Metadata.ASCII_STRING_MARSHALLER), authorization);
        return service().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    AuthenticationServiceBlockingStub with(String token) {
        return withHeader("Bearer " + token);
    }

    static RegisterRequest ann() {
        return RegisterRequest.newBuilder()
                .setName("Ann Example")
                .setEmail(UUID.randomUUID() + "@example.org")
                .setPassword("correct horse")
                .build();
    }

    RegisterResponseData registered() {
        return service().register(ann()).getData();
    }

    User verify(String token) {
        return with(token)
                .verifyToken(VerifyTokenRequest.getDefaultInstance())
                .getData()
                .getUser();
    }

    LogoutResponse logOut(String token) {
        return with(token).logout(LogoutRequest.getDefaultInstance());
    }

    static Fault fault(ThrowingCallable call) {
        return Fault.from(catchThrowableOfType(StatusRuntimeException.class, call));
    }
}
