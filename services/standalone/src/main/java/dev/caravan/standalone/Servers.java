package dev.caravan.standalone;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.embedded.ObjectStoreServer;
import dev.caravan.embedded.PostgresServer;
import dev.caravan.embedded.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The servers that a deployment has outside and a standalone platform has inside, all at once up and down. */
record Servers(
        PostgresServer postgres,
        RedisServer redis,
        AmqpBroker broker,
        ObjectStoreServer objectStore,
        FfmpegBinaries ffmpeg)
        implements AutoCloseable {

    static final String BUCKET = "caravan";
    static final List<String> DATABASES = List.of(
            "caravan_user", "caravan_authentication", "caravan_upload", "caravan_encode", "caravan_video_catalog");

    /** @throws dev.caravan.embedded.EmbeddedServerException when one can't be started; the others are ended then */
    static Servers start(Path folder, Ports ports, String accessKey, String secretKey) {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<CompletableFuture<? extends AutoCloseable>> started = new ArrayList<>();
        try {
            var postgres = begin(threads, started, () -> {
                PostgresServer server =
                        PostgresServer.start(folder.resolve("postgresql"), ports.named("POSTGRESQL_PORT"));
                DATABASES.forEach(server::createDatabase);
                return server;
            });
            var redis = begin(
                    threads, started, () -> RedisServer.start(folder.resolve("redis"), ports.named("REDIS_PORT")));
            var broker =
                    begin(threads, started, () -> AmqpBroker.start(folder.resolve("amqp"), ports.named("AMQP_PORT")));
            var objectStore = begin(threads, started, () -> {
                ObjectStoreServer server =
                        ObjectStoreServer.start(folder.resolve("s3"), ports.named("S3_PORT"), accessKey, secretKey);
                server.createBucket(BUCKET);
                return server;
            });
            var ffmpeg = CompletableFuture.supplyAsync(() -> FfmpegBinaries.locate(folder.resolve("ffmpeg")), threads);
            return new Servers(postgres.join(), redis.join(), broker.join(), objectStore.join(), ffmpeg.join());
        } catch (CompletionException e) {
            started.forEach(Servers::closeStarted);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    private static <T extends AutoCloseable> CompletableFuture<T> begin(
            ExecutorService threads, List<CompletableFuture<? extends AutoCloseable>> started, Supplier<T> start) {
        CompletableFuture<T> server = CompletableFuture.supplyAsync(start, threads);
        started.add(server);
        return server;
    }

    private static void closeStarted(CompletableFuture<? extends AutoCloseable> server) {
        server.handle((running, failure) -> {
            if (running != null) {
                Closing.quietly(running);
            }
            return null;
        });
    }

    @Override
    public void close() {
        Closing.together(List.of(broker, objectStore, redis, postgres));
    }
}
