package dev.caravan.chaos;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.caravan.embedded.ObjectStoreServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisPooled;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The servers of a platform, each behind a way that can be cut. The object store is always one of our own. */
abstract class Servers implements AutoCloseable {

    private static final String BUCKET = "caravan";
    private static final String UPLOADED = "EncodeUploadedVideo";
    private static final String ACCESS_KEY = "chaos-access-key";
    private static final String SECRET_KEY = "chaos-secret-key-9f3b1c";

    private final ObjectStoreServer objectStore;
    private @Nullable FaultProxy postgres;
    private @Nullable FaultProxy redis;
    private @Nullable FaultProxy amqp;
    private final FaultProxy s3;

    /** @param folder for the servers' data */
    Servers(Path folder) {
        objectStore = ObjectStoreServer.start(folder.resolve("s3"), 0, ACCESS_KEY, SECRET_KEY);
        objectStore.createBucket(BUCKET);
        s3 = new FaultProxy(objectStore.endpoint().getPort());
    }

    /** To be called once the servers run. */
    final void connect() {
        postgres = new FaultProxy(postgresUrl().getPort());
        redis = new FaultProxy(redisUrl().getPort());
        amqp = new FaultProxy(amqpUrl().getPort());
    }

    /** Which servers these are, for the report. */
    abstract String describe();

    /** {@code postgresql://user:password@host:port}, without the proxy. */
    abstract URI postgresUrl();

    /** What the databases' names begin with. */
    abstract String databasePrefix();

    abstract URI redisUrl();

    abstract URI amqpUrl();

    /** Queues and exchange, when they must not have their usual names. */
    abstract Map<String, String> amqpNames();

    abstract void stopPostgres();

    abstract void startPostgres();

    /** Whether the database's clock can be made to jump. */
    boolean hasClock() {
        return false;
    }

    /** @param seconds from the true time, from now on */
    void jumpClock(int seconds) throws IOException {
        throw new IOException("This server's clock is not ours to set.");
    }

    abstract void stopRedis();

    abstract void startRedis();

    /** Redis keeps its connections and answers nothing. */
    abstract void pauseRedis(boolean paused);

    abstract void stopBroker();

    abstract void startBroker();

    final FaultProxy postgres() {
        return Objects.requireNonNull(postgres);
    }

    final FaultProxy redis() {
        return Objects.requireNonNull(redis);
    }

    final FaultProxy amqp() {
        return Objects.requireNonNull(amqp);
    }

    final FaultProxy s3() {
        return s3;
    }

    final void healAll() {
        List.of(postgres(), redis(), amqp(), s3).forEach(FaultProxy::heal);
    }

    /** What the platform is told of them. */
    final Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("POSTGRESQL_URL", through(postgresUrl(), postgres()));
        environment.put("POSTGRESQL_PREFIX", databasePrefix());
        environment.put("REDIS_URL", through(redisUrl(), redis()));
        environment.put("AMQP_URL", through(amqpUrl(), amqp()));
        environment.put("S3_URL", "http://" + ACCESS_KEY + ":" + SECRET_KEY + "@127.0.0.1:" + s3.port() + "/" + BUCKET);
        environment.putAll(amqpNames());
        return environment;
    }

    private static String through(URI server, FaultProxy proxy) {
        String user = server.getRawUserInfo() == null ? "" : server.getRawUserInfo() + "@";
        return server.getScheme() + "://" + user + "127.0.0.1:" + proxy.port() + server.getRawPath();
    }

    /** A service's database, past every fault. */
    final Connection database(String service) throws SQLException {
        String[] user = postgresUrl().getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgresUrl().getPort() + "/" + databasePrefix() + service,
                user[0],
                user[1]);
    }

    /** The broker, past every fault. */
    final ConnectionFactory broker() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        String[] user = amqpUrl().getUserInfo().split(":", 2);
        factory.setHost("127.0.0.1");
        factory.setPort(amqpUrl().getPort());
        factory.setUsername(user[0]);
        factory.setPassword(user[1]);
        factory.setVirtualHost("/");
        return factory;
    }

    final String amqpName(String variable, String usual) {
        return amqpNames().getOrDefault(variable, usual);
    }

    /** What is announced from now on comes to other queues only. */
    final void unbindEncoder() throws Exception {
        String queue = amqpName("AMQP_ENCODE_QUEUE", "EncodeService");
        try (com.rabbitmq.client.Connection connection = broker().newConnection("chaos");
                Channel channel = connection.createChannel()) {
            channel.queueUnbind(queue, amqpName("AMQP_EXCHANGE", "video"), UPLOADED);
        }
    }

    final void flushRedis() {
        try (JedisPooled client = new JedisPooled(redisUrl())) {
            client.flushDB();
        }
    }

    /** The object store, past every fault. */
    final S3Client objects() {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(objectStore.endpoint())
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static String bucket() {
        return BUCKET;
    }

    @Override
    public void close() {
        List.of(postgres(), redis(), amqp(), s3).forEach(FaultProxy::close);
        objectStore.close();
    }
}
