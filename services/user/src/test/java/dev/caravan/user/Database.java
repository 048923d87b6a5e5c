package dev.caravan.user;

import dev.caravan.embedded.PostgresServer;
import java.nio.file.Path;

/** The PostgreSQL of all tests of this run; its programs are kept under target/ for the next run, its data is not. */
final class Database {

    private static final Path FOLDER = Path.of("target", "postgres");
    private static final String NAME = "caravan_user_" + System.currentTimeMillis();

    private static PostgresServer server = PostgresServer.start(FOLDER, 0);

    static {
        server.createDatabase(NAME);
    }

    private Database() {}

    static synchronized String url() {
        return server.jdbcUrl(NAME);
    }

    /** Of one that nobody else uses. */
    static synchronized String newUrl() {
        String name = NAME + "_" + System.nanoTime();
        server.createDatabase(name);
        return server.jdbcUrl(name);
    }

    static synchronized PostgresServer server() {
        return server;
    }

    static synchronized void stop() {
        server.close();
    }

    /** On the port that it had. */
    static synchronized void startAgain() {
        server = PostgresServer.start(FOLDER, server.port());
    }
}
