package dev.caravan.encode;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.embedded.ObjectStoreServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** A broker, an object store and an ffmpeg for the tests of a class. */
final class Servers implements AutoCloseable {

    static final String BUCKET = "caravan";
    private static final String KEY = "test";
    private static final String SECRET = "test-secret";

    private final AmqpBroker broker;
    private final ObjectStoreServer store;
    private final FfmpegBinaries ffmpeg;
    private final Path workFolder;

    Servers(Path folder) {
        ffmpeg = FfmpegBinaries.locate(Path.of(System.getProperty("caravan.root"), "target", "embedded-binaries"));
        broker = AmqpBroker.start(folder.resolve("amqp"), 0);
        store = ObjectStoreServer.start(folder.resolve("s3"), 0, KEY, SECRET);
        store.createBucket(BUCKET);
        workFolder = folder.resolve("work");
    }

    /** What a service has to know of them, and quick settings. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.rabbitmq.host", "127.0.0.1");
        properties.put("spring.rabbitmq.port", Integer.toString(broker.port()));
        properties.put("spring.rabbitmq.username", broker.username());
        properties.put("spring.rabbitmq.password", broker.password());
        properties.put("spring.rabbitmq.virtual-host", broker.virtualHost());
        properties.put("s3.endpoint", store.endpoint().toString());
        properties.put("s3.access-key", KEY);
        properties.put("s3.secret-key", SECRET);
        properties.put("server.port", "0");
        properties.put("encode.port", Integer.toString(freePort()));
        properties.put("encode.ffmpeg", ffmpeg.ffmpeg().toString());
        properties.put("encode.ffprobe", ffmpeg.ffprobe().toString());
        ffmpeg.environment().forEach((name, value) -> properties.put("encode.ffmpeg-environment[" + name + "]", value));
        properties.put("encode.work-folder", workFolder.toString());
        properties.put("encode.max-size", "10MB");
        properties.put("encode.max-duration", "5m");
        properties.put("encode.style.preset", "ultrafast");
        properties.put("encode.retries", "3");
        properties.put("encode.retry-delay", "20");
        return properties;
    }

    Path workFolder() {
        return workFolder;
    }

    FfmpegBinaries ffmpeg() {
        return ffmpeg;
    }

    CachingConnectionFactory connect() {
        return connect(broker);
    }

    static CachingConnectionFactory connect(AmqpBroker broker) {
        CachingConnectionFactory factory = new CachingConnectionFactory("127.0.0.1", broker.port());
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        factory.setVirtualHost(broker.virtualHost());
        return factory;
    }

    S3Client s3() {
        return S3Client.builder()
                .endpointOverride(URI.create(store.endpoint().toString()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.close();
        store.close();
    }
}
