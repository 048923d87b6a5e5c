package dev.caravan.chaos;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.PostgresServer;
import dev.caravan.embedded.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The servers that a platform brings itself, really stopped and started. */
final class EmbeddedServers extends Servers {

    private final Path folder;
    private final DatabaseClock clock;
    private PostgresServer postgres;
    private RedisServer redis;
    private AmqpBroker broker;

    EmbeddedServers(Path folder) throws IOException {
        super(folder);
        this.folder = folder;
        clock = new DatabaseClock(folder);
        postgres = PostgresServer.start(folder.resolve("postgresql"), 0, clock.environment());
        redis = RedisServer.start(folder.resolve("redis"), 0);
        broker = AmqpBroker.start(folder.resolve("amqp"), 0);
        connect();
    }

    @Override
    String describe() {
        return "embedded PostgreSQL 17, Redis 7 and Qpid Broker-J";
    }

    @Override
    URI postgresUrl() {
        return URI.create(
                "postgresql://" + postgres.username() + ":" + postgres.password() + "@127.0.0.1:" + postgres.port());
    }

    @Override
    String databasePrefix() {
        return "caravan_";
    }

    @Override
    URI redisUrl() {
        return URI.create(redis.url());
    }

    @Override
    URI amqpUrl() {
        return URI.create(
                "amqp://" + broker.username() + ":" + broker.password() + "@127.0.0.1:" + broker.port() + "/");
    }

    @Override
    Map<String, String> amqpNames() {
        return Map.of();
    }

    @Override
    void stopPostgres() {
        postgres.close();
    }

    @Override
    void startPostgres() {
        postgres = PostgresServer.start(folder.resolve("postgresql"), postgres.port(), clock.environment());
    }

    @Override
    boolean hasClock() {
        return clock.canJump();
    }

    @Override
    void jumpClock(int seconds) throws IOException {
        clock.jump(seconds);
    }

    @Override
    void stopRedis() {
        redis.close();
    }

    @Override
    void startRedis() {
        redis = RedisServer.start(folder.resolve("redis"), redis.port());
    }

    @Override
    void pauseRedis(boolean paused) {
        ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("redis-server"))
                .forEach(child -> signal(child, paused ? "STOP" : "CONT"));
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    void stopBroker() {
        broker.close();
    }

    @Override
    void startBroker() {
        broker = AmqpBroker.start(folder.resolve("amqp"), broker.port());
    }

    @Override
    public void close() {
        super.close();
        broker.close();
        redis.close();
        postgres.close();
    }
}
