package dev.caravan.videocatalog;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.ObjectStoreServer;
import dev.caravan.embedded.PostgresServer;
import dev.caravan.kernel.CaravanService;
import dev.caravan.videocatalog.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
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

    private static AmqpBroker broker = AmqpBroker.start(FOLDER.resolve("amqp"), 0);
    private static final int BROKER_PORT = broker.port();

    static {
        postgres.createDatabase(DATABASE);
        store.createBucket(BUCKET);
    }

    private Servers() {}

    static void properties(DynamicPropertyRegistry registry) {
        database().forEach((name, value) -> registry.add(name, () -> value));
        registry.add("spring.rabbitmq.port", Servers::brokerPort);
        registry.add("spring.rabbitmq.username", Servers::brokerUsername);
        registry.add("spring.rabbitmq.password", Servers::brokerPassword);
        registry.add("s3.endpoint", store::endpoint);
        registry.add("s3.access-key", () -> ACCESS_KEY);
        registry.add("s3.secret-key", () -> SECRET_KEY);
        registry.add("user.address", USERS::address);
        registry.add("cdn.private-key", () -> KEY.write(FOLDER.resolve("cdn-key.pem"))
                .toString());
    }

    static synchronized Map<String, String> database() {
        return database(DATABASE);
    }

    /** One that nobody else uses. */
    static Map<String, String> newDatabase() {
        return newDatabase("C.UTF-8");
    }

    /** One that nobody else uses, whose own order and cases of letters are a locale's. */
    static synchronized Map<String, String> newDatabase(String locale) {
        String name = DATABASE + "_" + System.nanoTime();
        jdbc(database()).execute("CREATE DATABASE " + name + " TEMPLATE template0 LOCALE '" + locale + "'");
        return database(name);
    }

    /** One of this name, which the next run of these tests finds again. */
    static synchronized Map<String, String> keptDatabase(String name) {
        postgres.createDatabase(name);
        return database(name);
    }

    static JdbcTemplate jdbc(Map<String, String> database) {
        return new JdbcTemplate(new DriverManagerDataSource(
                database.get("spring.datasource.url"),
                database.get("spring.datasource.username"),
                database.get("spring.datasource.password")));
    }

    /** Brings a database to the tables of a version: its number, or {@code latest}. */
    static JdbcTemplate migrated(Map<String, String> database, String version) {
        JdbcTemplate jdbc = jdbc(database);
        Flyway.configure()
                .dataSource(jdbc.getDataSource())
                .locations("classpath:db/migration/video-catalog")
                .target(version)
                .load()
                .migrate();
        return jdbc;
    }

    /** A service on a database of its own, whose queues nobody else reads. */
    static ConfigurableApplicationContext startService(Map<String, String> database, int port, String... more) {
        String own = "Own" + port;
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--video-catalog.port=" + port,
                "--user.address=" + USERS.address(),
                "--s3.endpoint=http://127.0.0.1:" + FreePorts.pick(),
                "--s3.access-key=none",
                "--s3.secret-key=none",
                "--cdn.private-key=" + KEY.write(FOLDER.resolve("cdn-key.pem")),
                "--spring.rabbitmq.port=" + brokerPort(),
                "--spring.rabbitmq.username=" + brokerUsername(),
                "--spring.rabbitmq.password=" + brokerPassword(),
                "--amqp.catalog-queue=" + own + "Queue",
                "--amqp.catalog-events-queue=" + own + "EventsQueue"));
        database.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.addAll(List.of(more));
        return CaravanService.builder(VideoCatalogApplication.class, "video-catalog")
                .run(arguments.toArray(String[]::new));
    }

    private static Map<String, String> database(String name) {
        return Map.of(
                "spring.datasource.url", postgres.jdbcUrl(name),
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

    static int brokerPort() {
        return BROKER_PORT;
    }

    static synchronized String brokerUsername() {
        return broker.username();
    }

    static synchronized String brokerPassword() {
        return broker.password();
    }

    static synchronized void stopBroker() {
        broker.close();
    }

    /** On the port that it had. */
    static synchronized void startBrokerAgain() {
        broker = AmqpBroker.start(FOLDER.resolve("amqp"), BROKER_PORT);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
