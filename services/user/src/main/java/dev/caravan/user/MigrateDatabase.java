package dev.caravan.user;

import dev.caravan.kernel.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/**
 * Brings the database to this version's tables: when the service starts or, if PostgreSQL is down then, before the
 * first call that finds it there. A migration that fails for another reason ends the start.
 */
@Component
public class MigrateDatabase implements FlywayMigrationStrategy, Processor {

    private static final Logger LOG = LoggerFactory.getLogger(MigrateDatabase.class);

    private final ReentrantLock migrating = new ReentrantLock();
    private volatile Runnable step = () -> {};

    @Override
    public void migrate(Flyway flyway) {
        step = () -> bringUpToDate(flyway);
        try {
            step.run();
        } catch (CannotGetJdbcConnectionException e) {
            LOG.warn("Starting without the database, which is not there yet: {}", String.valueOf(e.getCause()));
        }
    }

    /** Lets a call pass as soon as the tables are those of this version. */
    @Override
    public void process(Exchange exchange) {
        step.run();
    }

    private void bringUpToDate(Flyway flyway) {
        if (!migrating.tryLock()) {
            throw Fault.unavailable("STARTING", "The user service is being started.");
        }
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
            connection.close();
            flyway.migrate();
            step = () -> {};
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("No connection to migrate the database", e);
        } finally {
            migrating.unlock();
        }
    }
}
