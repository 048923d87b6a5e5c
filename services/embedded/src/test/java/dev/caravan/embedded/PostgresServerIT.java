package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    @TempDir
    Path folder;

    @Test
    void keepsACommittedRowOverARestart() throws Exception {
        int port;
        try (PostgresServer server = PostgresServer.start(folder, 0)) {
            port = server.port();
            server.createDatabase("caravan_user");
            server.createDatabase("caravan_user");
            query(server, "caravan_user", "CREATE TABLE t AS SELECT 'Zoë 🎬' AS name");

            assertThatThrownBy(() -> PostgresServer.start(folder, 0))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("is in use: another Caravan runs its PostgreSQL there");
            assertThatThrownBy(() ->
                            DriverManager.getConnection(server.jdbcUrl("caravan_user"), server.username(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
        try (PostgresServer server = PostgresServer.start(folder, port)) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(query(server, "caravan_user", "SELECT name FROM t")).isEqualTo("Zoë 🎬");
            assertThat(query(server, "caravan_user", "SHOW server_version")).isEqualTo("17.11");
            assertThat(query(server, "caravan_user", "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(server, "caravan_user", "SHOW fsync")).isEqualTo("on");
            assertThat(query(
                            server, "caravan_user", "SELECT datlocale FROM pg_database WHERE datname = 'caravan_user'"))
                    .isEqualTo("C.UTF-8");
        }
    }

    @Test
    void startsWhenThePidOfADeadRunBelongsToAnotherProcess() throws Exception {
        PostgresServer.start(folder, 0).close();
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder + "\n0\n5432\n\n\n");

        try (PostgresServer server = PostgresServer.start(folder, 0)) {
            assertThat(query(server, "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void startsInAFolderThatIsClosedToOthers() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "an ordinary user's folders are his own");
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        try (PostgresServer server = PostgresServer.start(closed.resolve("postgres"), 0)) {
            assertThat(query(server, "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> PostgresServer.start(folder, other.getLocalPort()))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessage("Port " + other.getLocalPort() + " on 127.0.0.1 is taken by another program.");
        }
    }

    @Test
    void saysWhatTheServerSaidWhenItCannotStart() throws Exception {
        PostgresServer.start(folder, 0).close();
        Files.writeString(folder.resolve("data/postgresql.auto.conf"), "shared_buffers = 'much'\n");

        assertThatThrownBy(() -> PostgresServer.start(folder, 0))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("PostgreSQL ended with code 1 while it started. Its log ")
                .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"much\"");
    }

    static String query(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(database), server.username(), server.password());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
