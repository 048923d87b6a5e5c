package dev.caravan.videocatalog;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.ObjectStoreServer;
import dev.caravan.embedded.PostgresServer;
import dev.caravan.videocatalog.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The servers of all tests of this run. PostgreSQL's programs are kept for the next run, all else is new. */
final class Servers {

    static final String BUCKET = "caravan";
    static final SigningKey KEY = SigningKey.create("RSA");
    static final UserServiceStub USERS = new UserServiceStub();

    private static final String ACCESS_KEY = "catalog";
    private static final String SECRET_KEY = "catalog-secret";
    private static final String DATABASE = "caravan_video_catalog_" + System.currentTimeMillis();
    private static final Path POSTGRES_FOLDER = Path.of("target", "postgres");
    private static final Path FOLDER = newFolder();

    private static PostgresServer postgres = PostgresServer.start(POSTGRES_FOLDER, 0);
    private static ObjectStoreServer store = ObjectStoreServer.start(FOLDER.resolve("s3"), 0, ACCESS_KEY, SECRET_KEY);
    private static final int STORE_PORT = store.endpoint().getPort();

    static final AmqpBroker BROKER = AmqpBroker.start(FOLDER.resolve("amqp"), 0);

    static {
        postgres.createDatabase(DATABASE);
        store.createBucket(BUCKET);
    }

    private Servers() {}

    static void properties(DynamicPropertyRegistry registry) {
        database().forEach((name, value) -> registry.add(name, () -> value));
        registry.add("spring.rabbitmq.port", BROKER::port);
        registry.add("spring.rabbitmq.username", BROKER::username);
        registry.add("spring.rabbitmq.password", BROKER::password);
        registry.add("s3.endpoint", store::endpoint);
        registry.add("s3.access-key", () -> ACCESS_KEY);
        registry.add("s3.secret-key", () -> SECRET_KEY);
        registry.add("user.address", USERS::address);
        registry.add("cdn.private-key", () -> KEY.write(FOLDER.resolve("cdn-key.pem"))
                .toString());
    }

    static synchronized Map<String, String> database() {
        return Map.of(
                "spring.datasource.url", postgres.jdbcUrl(DATABASE),
                "spring.datasource.username", postgres.username(),
                "spring.datasource.password", postgres.password());
    }

    static synchronized int postgresPort() {
        return postgres.port();
    }

    static synchronized void stopPostgres() {
        postgres.close();
    }

    /** On the port that it had. */
    static synchronized void startPostgresAgain() {
        postgres = PostgresServer.start(POSTGRES_FOLDER, postgres.port());
    }

    static synchronized void stopStore() {
        store.close();
    }

    /** On the port that it had. */
    static synchronized void startStoreAgain() {
        store = ObjectStoreServer.start(FOLDER.resolve("s3"), STORE_PORT, ACCESS_KEY, SECRET_KEY);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
