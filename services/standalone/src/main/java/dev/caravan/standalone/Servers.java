package dev.caravan.standalone;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.embedded.ObjectStoreServer;
import dev.caravan.embedded.PostgresServer;
import dev.caravan.embedded.RedisServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The servers that the services need: each one that the environment names ({@code POSTGRESQL_URL}, {@code REDIS_URL},
 * {@code AMQP_URL}, {@code S3_URL}), an embedded one in the place of each other. So it is with ffmpeg ({@code FFMPEG}).
 *
 * @param redis as its clients take it
 * @param embedded what ends together with the platform
 */
record Servers(
        Databases databases,
        URI redis,
        URI amqp,
        ObjectStore objectStore,
        FfmpegBinaries ffmpeg,
        List<AutoCloseable> embedded)
        implements AutoCloseable {

    private static final String BUCKET = "caravan";

    /** @throws dev.caravan.embedded.EmbeddedServerException when one can't be started; the others are ended then */
    static Servers start(Path folder, Ports ports, Secrets secrets) {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<AutoCloseable> started = new CopyOnWriteArrayList<>();
        try {
            var databases = begin(threads, () -> databases(folder, ports, started));
            var redis = begin(threads, () -> redis(folder, ports, started));
            var amqp = begin(threads, () -> amqp(folder, ports, started));
            var objectStore = begin(threads, () -> objectStore(folder, ports, secrets, started));
            var ffmpeg = begin(threads, () -> ffmpeg(folder, ports));
            CompletableFuture.allOf(databases, redis, amqp, objectStore, ffmpeg)
                    .handle((all, failure) -> null)
                    .join();
            return new Servers(
                    databases.join(),
                    redis.join(),
                    amqp.join(),
                    objectStore.join(),
                    ffmpeg.join(),
                    List.copyOf(started));
        } catch (CompletionException e) {
            started.forEach(Closing::quietly);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    private static Databases databases(Path folder, Ports ports, List<AutoCloseable> started) {
        String named = ports.text("POSTGRESQL_URL");
        if (named != null) {
            return Databases.at(named, ports);
        }
        PostgresServer server = PostgresServer.start(folder.resolve("postgresql"), ports.named("POSTGRESQL_PORT"));
        started.add(server);
        return Databases.of(server);
    }

    private static URI redis(Path folder, Ports ports, List<AutoCloseable> started) {
        String named = ports.text("REDIS_URL");
        if (named != null) {
            return ports.url("REDIS_URL", named);
        }
        RedisServer server = RedisServer.start(folder.resolve("redis"), ports.named("REDIS_PORT"));
        started.add(server);
        return URI.create(server.url());
    }

    private static URI amqp(Path folder, Ports ports, List<AutoCloseable> started) {
        String named = ports.text("AMQP_URL");
        if (named != null) {
            return ports.url("AMQP_URL", named);
        }
        AmqpBroker broker = AmqpBroker.start(folder.resolve("amqp"), ports.named("AMQP_PORT"));
        started.add(broker);
        return URI.create(
                "amqp://" + broker.username() + ":" + broker.password() + "@127.0.0.1:" + broker.port() + "/");
    }

    private static ObjectStore objectStore(Path folder, Ports ports, Secrets secrets, List<AutoCloseable> started) {
        String named = ports.text("S3_URL");
        if (named != null) {
            return ObjectStore.at(ports.url("S3_URL", named));
        }
        ObjectStoreServer server = ObjectStoreServer.start(
                folder.resolve("s3"), ports.named("S3_PORT"), secrets.s3AccessKey(), secrets.s3SecretKey());
        started.add(server);
        server.createBucket(BUCKET);
        return new ObjectStore(server.endpoint().toString(), BUCKET, secrets.s3AccessKey(), secrets.s3SecretKey());
    }

    private static FfmpegBinaries ffmpeg(Path folder, Ports ports) {
        String named = ports.text("FFMPEG");
        return named == null ? FfmpegBinaries.locate(folder.resolve("ffmpeg")) : FfmpegBinaries.named(named);
    }

    private static <T> CompletableFuture<T> begin(ExecutorService threads, Supplier<T> start) {
        return CompletableFuture.supplyAsync(start, threads);
    }

    @Override
    public void close() {
        Closing.together(embedded);
    }
}
