package dev.caravan.videocatalog;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Brings the database to this version's tables: when the service starts or, if PostgreSQL is down then, before the
 * first call or event that finds it there. A migration that is wrong ends the start.
 */
@Component
class MigrateDatabase implements FlywayMigrationStrategy, Processor {

    private static final Logger LOG = LoggerFactory.getLogger(MigrateDatabase.class);

    private volatile @Nullable Flyway pending;

    @Override
    public void migrate(Flyway flyway) {
        pending = flyway;
        try {
            bringUpToDate();
        } catch (CannotGetJdbcConnectionException e) {
            LOG.warn("Starting without the database, which is not there yet: {}", String.valueOf(e.getCause()));
        }
    }

    /** Lets pass as soon as the tables are those of this version; otherwise throws as if the database were down. */
    @Override
    public void process(Exchange exchange) {
        if (pending != null) {
            try {
                bringUpToDate();
            } catch (FlywayException e) {
                throw new DataAccessResourceFailureException("The database cannot be migrated", e);
            }
        }
    }

    private synchronized void bringUpToDate() {
        Flyway flyway = pending;
        if (flyway == null) {
            return;
        }
        // Flyway itself does not say whether it had a connection.
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            connection.close();
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("No connection to migrate the database", e);
        }
        flyway.migrate();
        pending = null;
    }
}
