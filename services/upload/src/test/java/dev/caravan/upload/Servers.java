package dev.caravan.upload;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.ObjectStoreServer;
import dev.caravan.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A database, a broker and an object store for all tests of a run, each of which can be stopped and started again. */
final class Servers {

    static final String BUCKET = "caravan";
    private static final String DATABASE = "caravan_upload";
    private static final String KEY = "test";
    private static final String SECRET = "test-secret";
    private static final Path FOLDER = Path.of("target", "servers").toAbsolutePath();

    private static final Servers INSTANCE = new Servers();

    private final int storePort = FreePorts.pick();
    private final EncoderStub encoder = new EncoderStub();
    private PostgresServer database;
    private AmqpBroker broker;
    private ObjectStoreServer store;

    private Servers() {
        try {
            FileSystemUtils.deleteRecursively(FOLDER);
            Files.createDirectories(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = PostgresServer.start(FOLDER.resolve("database"), 0);
        database.createDatabase(DATABASE);
        broker = AmqpBroker.start(FOLDER.resolve("broker"), 0);
        store = ObjectStoreServer.start(FOLDER.resolve("store"), storePort, KEY, SECRET);
        store.createBucket(BUCKET);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static Servers get() {
        return INSTANCE;
    }

    /** What a service has to know of them. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", database.jdbcUrl(DATABASE));
        properties.put("spring.datasource.username", database.username());
        properties.put("spring.datasource.password", database.password());
        properties.put("spring.rabbitmq.port", Integer.toString(broker.port()));
        properties.put("spring.rabbitmq.username", broker.username());
        properties.put("spring.rabbitmq.password", broker.password());
        properties.put("spring.rabbitmq.virtual-host", broker.virtualHost());
        properties.put("encode.address", encoder.address());
        properties.put("s3.bucket", BUCKET);
        properties.put("s3.endpoint", "http://127.0.0.1:" + storePort);
        properties.put("s3.access-key", KEY);
        properties.put("s3.secret-key", SECRET);
        return properties;
    }

    EncoderStub encoder() {
        return encoder;
    }

    int databasePort() {
        return database.port();
    }

    /** Of the service's database by another port. */
    String jdbcUrl(int port) {
        return database.jdbcUrl(DATABASE).replace(":" + database.port() + "/", ":" + port + "/");
    }

    int brokerPort() {
        return broker.port();
    }

    /** Lets everything in the store that bears the name have been there for so long. */
    void age(String name, Duration age) throws IOException {
        FileTime moment = FileTime.from(Instant.now().minus(age));
        for (Path file : filesThatBear(name)) {
            Files.setLastModifiedTime(file, moment);
        }
    }

    /** Others come and go meanwhile. */
    private static List<Path> filesThatBear(String name) throws IOException {
        while (true) {
            try (Stream<Path> files = Files.walk(FOLDER.resolve("store"))) {
                return files.filter(path -> path.toString().contains(name)).toList();
            } catch (UncheckedIOException e) {
                if (!(e.getCause() instanceof NoSuchFileException)) {
                    throw e;
                }
            }
        }
    }

    void createDatabase(String name) {
        database.createDatabase(name);
    }

    String jdbcUrl(String name) {
        return database.jdbcUrl(name);
    }

    void stopDatabase() {
        database.close();
    }

    void startDatabase() {
        database = PostgresServer.start(FOLDER.resolve("database"), database.port());
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() {
        broker = AmqpBroker.start(FOLDER.resolve("broker"), broker.port());
    }

    void stopStore() {
        store.close();
    }

    void startStore() {
        store = ObjectStoreServer.start(FOLDER.resolve("store"), storePort, KEY, SECRET);
    }

    private void stop() {
        database.close();
        broker.close();
        store.close();
        encoder.stop();
    }
}
