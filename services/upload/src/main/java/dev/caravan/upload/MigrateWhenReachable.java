package dev.caravan.upload;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates the database at the start or, when it is down then, as soon as it is there; so the service starts without
 * it. A migration that is wrong still ends the start.
 */
@Component
final class MigrateWhenReachable implements FlywayMigrationStrategy, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(MigrateWhenReachable.class);
    private static final long PERIOD_MILLIS = 1000;

    private @Nullable ScheduledExecutorService retries;

    @Override
    public void migrate(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (RuntimeException e) {
            if (!isUnreachable(e)) {
                throw e;
            }
            LOG.warn("The database is down; it is migrated when it is there");
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "migrate-when-reachable");
                thread.setDaemon(true);
                return thread;
            });
            retries = executor;
            executor.scheduleWithFixedDelay(
                    () -> retry(flyway, executor), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void destroy() {
        if (retries != null) {
            retries.shutdownNow();
        }
    }

    private static void retry(Flyway flyway, ScheduledExecutorService executor) {
        try {
            flyway.migrate();
            LOG.info("The database is there and migrated");
            executor.shutdown();
        } catch (RuntimeException e) {
            if (!executor.isShutdown() && !isUnreachable(e)) {
                LOG.error("The database is there, but cannot be migrated", e);
                executor.shutdown();
            }
        }
    }

    /** SQL states of class 08 are about the connection, 57P03 is a database that is just starting. */
    static boolean isUnreachable(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("08") || sql.getSQLState().equals("57P03"))) {
                return true;
            }
        }
        return false;
    }
}
