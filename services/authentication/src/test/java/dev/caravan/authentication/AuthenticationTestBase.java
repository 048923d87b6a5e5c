package dev.caravan.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.RedisServer;
import dev.caravan.kernel.CaravanService;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.auth.AuthenticationServiceGrpc;
import dev.caravan.proto.auth.AuthenticationServiceGrpc.AuthenticationServiceBlockingStub;
import dev.caravan.proto.auth.LoginRequest;
import dev.caravan.proto.auth.LoginResponseData;
import dev.caravan.proto.auth.LogoutEverywhereRequest;
import dev.caravan.proto.auth.LogoutEverywhereResponse;
import dev.caravan.proto.auth.LogoutRequest;
import dev.caravan.proto.auth.LogoutResponse;
import dev.caravan.proto.auth.RefreshRequest;
import dev.caravan.proto.auth.RefreshResponseData;
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
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import redis.clients.jedis.UnifiedJedis;

/**
 * The service as it ships, on a real PostgreSQL and Redis, beside a stand-in for the user service; one context for all
 * tests, and an address of its own for each.
 */
@SpringBootTest(
        classes = AuthenticationApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,authentication", "spring.application.name=authentication"})
abstract class AuthenticationTestBase {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path REDIS_FOLDER = Path.of("target", "redis");

    /** Made anew by each run. */
    static final Path KEY_FILE = Path.of("target", "keys", "signing-key-" + System.currentTimeMillis() + ".json");

    static final Users USERS = new Users(FreePorts.pick());

    private static RedisServer redis = RedisServer.start(REDIS_FOLDER, 0);

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @Value("${authentication.port}")
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    UnifiedJedis jedis;

    final String address = newAddress();

    private ManagedChannel channel;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("redis.url", AuthenticationTestBase::redisUrl);
        registry.add("user.address", USERS::address);
        registry.add("authentication.signing-key", KEY_FILE::toString);
        registry.add("spring.datasource.url", Database::url);
        registry.add("spring.datasource.username", () -> Database.server().username());
        registry.add("spring.datasource.password", () -> Database.server().password());
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

    static String newAddress() {
        int number = ADDRESSES.incrementAndGet();
        return "10.1." + number / 256 + "." + number % 256;
    }

    AuthenticationServiceBlockingStub service() {
        return from(address);
    }

    /** As the gateway calls for a client at an address. */
    AuthenticationServiceBlockingStub from(String clientAddress) {
        return withMetadata(channel, Map.of(Headers.CLIENT_ADDRESS, clientAddress));
    }

    AuthenticationServiceBlockingStub withHeader(String authorization) {
        return withMetadata(channel, Map.of(Headers.CLIENT_ADDRESS, address, Headers.AUTHORIZATION, authorization));
    }

    static AuthenticationServiceBlockingStub withMetadata(ManagedChannel channel, Map<String, String> values) {
        Metadata metadata = new Metadata();
        values.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return AuthenticationServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(15, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
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

    LoginResponseData logIn(RegisterRequest account) {
        return service().login(login(account.getEmail(), account.getPassword())).getData();
    }

    static LoginRequest login(String email, String password) {
        return LoginRequest.newBuilder().setEmail(email).setPassword(password).build();
    }

    RefreshResponseData refresh(String refreshToken) {
        return service()
                .refresh(RefreshRequest.newBuilder()
                        .setRefreshToken(refreshToken)
                        .build())
                .getData();
    }

    LogoutEverywhereResponse logOutEverywhere(String token) {
        return with(token).logoutEverywhere(LogoutEverywhereRequest.getDefaultInstance());
    }

    /** Until Redis is trusted. */
    void awaitMarker() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> jedis.exists("blacklist:complete"));
    }

    /** What somebody does at an instance. */
    interface Client {
        void use(ManagedChannel instance) throws Exception;
    }

    /** Beside the one of all tests, on the same servers and with the same keys. */
    static void withAnotherInstance(Client client) throws Exception {
        int port = FreePorts.pick();
        ManagedChannel instance = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
        try (ConfigurableApplicationContext context = CaravanService.builder(
                        AuthenticationApplication.class, "authentication")
                .run(
                        "--server.port=0",
                        "--authentication.port=" + port,
                        "--authentication.signing-key=" + KEY_FILE,
                        "--user.address=" + USERS.address(),
                        "--redis.url=" + redisUrl(),
                        "--spring.datasource.url=" + Database.url(),
                        "--spring.datasource.username=" + Database.server().username(),
                        "--spring.datasource.password=" + Database.server().password())) {
            assertThat(context.isRunning()).isTrue();
            client.use(instance);
        } finally {
            instance.shutdownNow();
        }
    }

    LogoutResponse logOut(String token) {
        return with(token).logout(LogoutRequest.getDefaultInstance());
    }

    static Fault fault(ThrowingCallable call) {
        return Fault.from(catchThrowableOfType(StatusRuntimeException.class, call));
    }
}
