package dev.caravan.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A PostgreSQL 17 server: UTF-8, C.UTF-8 order, passwords by SCRAM, commits safely on disk.
 *
 * <p>Its folder holds the programs, {@code data}, {@code password} (readable by its owner alone) and {@code postgres.log}.
 * What a killed run left behind, a server that still runs on the data included, is cleared away by the next start.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USERNAME = "caravan";
    private static final String DUPLICATE_DATABASE = "42P04";
    /** Asks for a fast shutdown: roll back what runs, write a checkpoint, end. */
    private static final String STOP_SIGNAL = "INT";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final FolderLock lock;
    private final ChildProcess process;
    private final int port;
    private final String password;

    private PostgresServer(FolderLock lock, ChildProcess process, int port, String password) {
        this.lock = lock;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a server and returns when it answers queries.
     *
     * @param folder where its data is, or will be
     * @param port the port on 127.0.0.1; 0 picks a free one
     * @throws EmbeddedServerException when it can't serve; one sentence and the end of its log say why
     */
    public static PostgresServer start(Path folder, int port) {
        return start(folder, port, Map.of());
    }

    /**
     * Starts a server in an environment, such as one that preloads a library, and returns when it answers queries.
     *
     * @param folder where its data is, or will be
     * @param port the port on 127.0.0.1; 0 picks a free one
     * @param environment what the server gets beside what it always has
     * @throws EmbeddedServerException when it can't serve; one sentence and the end of its log say why
     */
    public static PostgresServer start(Path folder, int port, Map<String, String> environment) {
        Path home = folder.toAbsolutePath().normalize();
        FolderLock lock = FolderLock.take(home, "PostgreSQL", FolderLock.PASSAGE);
        try {
            Path data = home.resolve("data");
            Path log = home.resolve("postgres.log");
            Path programs = PostgresBinaries.unpacked(home);
            Orphans.end(home, Set.of("postgres", "initdb"), STOP_SIGNAL);
            PostgresCluster.forgetForeignPid(data);
            ServerUser user = ServerUser.of(data, programs);
            String password = Secret.in(home.resolve("password"));
            PostgresCluster.create(data, programs, user, USERNAME, password, log);
            return Ports.retry(port, chosen -> {
                ChildProcess process = ChildProcess.start(program(programs, data, log, user, chosen, environment));
                PostgresServer server = new PostgresServer(lock, process, chosen, password);
                process.awaitReady(server::answers, START_LIMIT);
                return server;
            });
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static ChildProcess.Program program(
            Path programs, Path data, Path log, ServerUser user, int port, Map<String, String> environment) {
        List<String> command = List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=" + FreePorts.LOOPBACK,
                "-c",
                "unix_socket_directories=");
        Map<String, String> variables = new HashMap<>(PostgresCluster.ENVIRONMENT);
        variables.putAll(environment);
        return new ChildProcess.Program(
                "PostgreSQL", user.command(command), data, log, STOP_SIGNAL, STOP_GRACE, variables);
    }

    /** Returns the JDBC URL of a database, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + FreePorts.LOOPBACK + ":" + port + "/" + database;
    }

    /** Returns the name of the user that owns all databases. */
    public String username() {
        return USERNAME;
    }

    /** Returns the password, made when the folder was new. */
    public String password() {
        return password;
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Creates a database when there is none of that name. */
    public synchronized void createDatabase(String database) {
        try (Connection connection = connect()) {
            if (!exists(connection, database)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + quote(database));
                }
            }
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new EmbeddedServerException(
                        "The database " + database + " could not be created: " + e.getMessage(), e);
            }
        }
    }

    /** Ends the server as soon as its running transactions are rolled back; committed rows stay. */
    @Override
    public void close() {
        process.close();
        lock.close();
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USERNAME);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(jdbcUrl("postgres"), properties);
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
