package dev.caravan.encode;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.ObjectStoreServer;
import dev.caravan.embedded.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A database, a broker, an object store and an ffmpeg for the tests of a class, each of which can go and come. */
final class Servers implements AutoCloseable {

    static final String BUCKET = "caravan";
    private static final String KEY = "test";
    private static final String SECRET = "test-secret";

    private final Path folder;
    private final FfmpegBinaries ffmpeg;
    private final int storePort = FreePorts.pick();
    private PostgresServer database;
    private AmqpBroker broker;
    private ObjectStoreServer store;

    Servers(Path folder, FfmpegBinaries ffmpeg) {
        this.folder = folder;
        this.ffmpeg = ffmpeg;
        database = PostgresServer.start(folder.resolve("database"), 0);
        broker = AmqpBroker.start(folder.resolve("broker"), 0);
        store = ObjectStoreServer.start(folder.resolve("store"), storePort, KEY, SECRET);
        store.createBucket(BUCKET);
    }

    /**
     * What a worker has to know of them, and quick settings.
     *
     * @param platform workers of one name share their jobs and their queues
     */
    Map<String, String> properties(String platform) {
        String databaseName = "encode_" + platform;
        database.createDatabase(databaseName);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", database.jdbcUrl(databaseName));
        properties.put("spring.datasource.username", database.username());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.datasource.hikari.connection-timeout", "1000");
        properties.put("spring.rabbitmq.host", "127.0.0.1");
        properties.put("spring.rabbitmq.port", Integer.toString(broker.port()));
        properties.put("spring.rabbitmq.username", broker.username());
        properties.put("spring.rabbitmq.password", broker.password());
        properties.put("spring.rabbitmq.virtual-host", broker.virtualHost());
        properties.put("amqp.encode-queue", jobs(platform));
        properties.put("amqp.encode-events-queue", events(platform));
        properties.put("s3.endpoint", "http://127.0.0.1:" + storePort);
        properties.put("s3.access-key", KEY);
        properties.put("s3.secret-key", SECRET);
        properties.put("server.port", "0");
        properties.put("encode.port", Integer.toString(FreePorts.pick()));
        properties.put("encode.ffmpeg", ffmpeg.ffmpeg().toString());
        properties.put("encode.ffprobe", ffmpeg.ffprobe().toString());
        ffmpeg.environment().forEach((name, value) -> properties.put("encode.ffmpeg-environment[" + name + "]", value));
        properties.put("encode.work-folder", workFolder().toString());
        properties.put("encode.max-size", "10MB");
        properties.put("encode.max-duration", "5m");
        properties.put("encode.style.preset", "ultrafast");
        properties.put("encode.max-attempts", "3");
        properties.put("encode.retry-delay", "PT0.1S");
        properties.put("encode.retry-max-delay", "PT1S");
        properties.put("encode.claim-period", "100");
        properties.put("encode.relay-period", "100");
        properties.put("encode.renewal-period", "300");
        properties.put("encode.sweep-period", "200");
        return properties;
    }

    /** The queue that workers of a platform take jobs from. */
    static String jobs(String platform) {
        return "Encode-" + platform;
    }

    /** The queue that workers of a platform hear of deleted videos by. */
    static String events(String platform) {
        return "EncodeEvents-" + platform;
    }

    Path workFolder() {
        return folder.resolve("work");
    }

    CachingConnectionFactory connect() {
        CachingConnectionFactory factory = new CachingConnectionFactory("127.0.0.1", broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        return factory;
    }

    S3Client s3() {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + storePort))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    void stopDatabase() {
        database.close();
    }

    void startDatabase() {
        database = PostgresServer.start(folder.resolve("database"), database.port());
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() {
        broker = AmqpBroker.start(folder.resolve("broker"), broker.port());
    }

    void stopStore() {
        store.close();
    }

    void startStore() {
        store = ObjectStoreServer.start(folder.resolve("store"), storePort, KEY, SECRET);
    }

    @Override
    public void close() {
        broker.close();
        store.close();
        database.close();
    }
}
