package dev.caravan.kernel.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Waits for the answer to a statement for longer than those of a service do: an index of a million rows takes minutes. The
 * pool gives a connection its own patience back.
 */
final class PatientDataSource extends DelegatingDataSource {

    private static final Duration PATIENCE = Duration.ofHours(6);

    PatientDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
        return connection;
    }
}
