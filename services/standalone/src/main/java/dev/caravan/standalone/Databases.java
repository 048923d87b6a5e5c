package dev.caravan.standalone;

import dev.caravan.embedded.PostgresServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server with a database for each service that keeps something.
 *
 * @param url the JDBC URL of a database by its name
 */
record Databases(Function<String, String> url, String prefix, String username, String password) {

    private static final String PREFIX = "caravan_";
    private static final List<String> NAMES = List.of("user", "authentication", "upload", "encode", "video_catalog");
    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);
    private static final String DUPLICATE_DATABASE = "42P04";
    /** A class of SQL states. */
    private static final String CONNECTION_FAILURE = "08";

    static Databases of(PostgresServer server) {
        NAMES.forEach(name -> server.createDatabase(PREFIX + name));
        return new Databases(server::jdbcUrl, PREFIX, server.username(), server.password());
    }

    /**
     * Makes the databases that are not there yet.
     *
     * @param named {@code postgresql://USER:PASSWORD@host:port}; {@code POSTGRESQL_PREFIX} may name another beginning of the
     *     databases' names than caravan_
     * @throws UsageException when it is no such URL, or the server does not let this user in
     */
    static Databases at(String named, Ports ports) {
        URI server = ports.url("POSTGRESQL_URL", named);
        String[] user = server.getUserInfo() == null
                ? new String[0]
                : server.getUserInfo().split(":", 2);
        if (user.length != 2) {
            throw new UsageException("POSTGRESQL_URL takes postgresql://USER:PASSWORD@host:port.");
        }
        String prefix = ports.text("POSTGRESQL_PREFIX");
        String base =
                "jdbc:postgresql://" + server.getHost() + ":" + (server.getPort() < 0 ? 5432 : server.getPort()) + "/";
        Databases databases = new Databases(base::concat, prefix == null ? PREFIX : prefix, user[0], user[1]);
        databases.create();
        return databases;
    }

    String urlOf(String name) {
        return url.apply(prefix + name);
    }

    private void create() {
        try (Connection connection = DriverManager.getConnection(url.apply("postgres"), username, password);
                PreparedStatement known = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            for (String name : NAMES) {
                known.setString(1, prefix + name);
                try (ResultSet rows = known.executeQuery()) {
                    if (!rows.next()) {
                        create(connection, prefix + name);
                    }
                }
            }
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(CONNECTION_FAILURE)) {
                // Services start without their databases and find them later; those that have run before are there.
                LOG.warn("The databases at POSTGRESQL_URL are not there yet: {}", e.getMessage());
                return;
            }
            throw new UsageException("The databases at POSTGRESQL_URL can't be used: " + e.getMessage());
        }
    }

    private static void create(Connection connection, String database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + database.replace("\"", "\"\"") + "\"");
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
