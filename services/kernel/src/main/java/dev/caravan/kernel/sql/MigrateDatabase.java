package dev.caravan.kernel.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Brings the database to this version's tables: when the service starts or, if PostgreSQL is down then, as soon as it is
 * there; the service starts without it. As a step of a route it lets pass only once that is done. A migration that is
 * wrong ends the start.
 */
public final class MigrateDatabase implements FlywayMigrationStrategy, Processor, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(MigrateDatabase.class);
    private static final long PERIOD_MILLIS = 1000;

    private volatile @Nullable Flyway pending;
    private @Nullable ScheduledExecutorService retries;

    @Override
    public void migrate(Flyway flyway) {
        pending = flyway;
        try {
            bringUpToDate();
        } catch (CannotGetJdbcConnectionException e) {
            LOG.warn("Starting without the database, which is not there yet: {}", String.valueOf(e.getCause()));
            ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "migrate-database");
                thread.setDaemon(true);
                return thread;
            });
            executor.scheduleWithFixedDelay(this::tryAgain, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            retries = executor;
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

    @Override
    public void destroy() {
        if (retries != null) {
            retries.shutdownNow();
        }
    }

    private void tryAgain() {
        try {
            bringUpToDate();
        } catch (CannotGetJdbcConnectionException e) {
            LOG.debug("The database is not there yet", e);
        } catch (RuntimeException e) {
            LOG.error("The database is there, but cannot be migrated", e);
            destroy();
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
        Flyway.configure(flyway.getConfiguration().getClassLoader())
                .configuration(flyway.getConfiguration())
                .dataSource(new PatientDataSource(flyway.getConfiguration().getDataSource()))
                .load()
                .migrate();
        pending = null;
        destroy();
    }
}
