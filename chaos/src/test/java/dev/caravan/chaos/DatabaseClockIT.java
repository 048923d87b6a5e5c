package dev.caravan.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseClockIT {

    @TempDir
    private Path folder;

    @Test
    void jumpsAheadAndBackUnderConnectionsThatAreOpen() throws Exception {
        DatabaseClock clock = new DatabaseClock(folder);
        assumeTrue(clock.canJump(), "the library libfaketime is not on this machine");
        try (PostgresServer server = PostgresServer.start(folder.resolve("postgresql"), 0, clock.environment());
                Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.username(), server.password())) {
            assertThat(ahead(connection)).isLessThan(Duration.ofMinutes(1));

            clock.jump(3600);
            assertThat(ahead(connection)).isGreaterThan(Duration.ofMinutes(59));

            clock.jump(0);
            assertThat(ahead(connection)).isLessThan(Duration.ofMinutes(1));
        }
    }

    private static Duration ahead(Connection connection) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT now()")) {
            rows.next();
            return Duration.between(
                    Instant.now(), rows.getObject(1, OffsetDateTime.class).toInstant());
        }
    }
}
