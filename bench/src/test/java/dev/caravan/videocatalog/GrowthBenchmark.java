package dev.caravan.videocatalog;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindDeadLettersRequest;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.ReplayDeadLetterRequest;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What users and operators wait for when there is ten times and a hundred times as much: videos, users, waiting jobs and dead
 * letters. Of the catalogue calls of the service; of the other services the statement that a call is made of.
 * {@code ./caravan bench growth} runs it.
 */
class GrowthBenchmark {

    private static final int ONE = Integer.getInteger("caravan.bench.rows", 1000);
    private static final int ROUNDS = Integer.getInteger("caravan.bench.pairs", 200);
    private static final int WARM_UP = Integer.getInteger("caravan.bench.warm-up", 100);
    private static final int ADMINISTRATOR = 1;

    /** Each of ten users has a tenth of all waiting jobs; the others have one each. */
    private static final String JOBS = """
            INSERT INTO jobs (video_id, user_id, turn, delivery, not_before)
            SELECT 'video-' || n, CASE WHEN n % 2 = 0 THEN n % 10 ELSE 1000 + n END,
                CASE WHEN n % 2 = 0 THEN n / 10 ELSE 0 END, '\\x00',
                now() - (? - n) * interval '1 second'
            FROM generate_series(1, ?) AS n
            """;

    private static final String USERS = """
            INSERT INTO users (name, email, email_key, password_hash)
            SELECT 'User ' || n, 'user' || n || '@example.org', 'user' || n || '@example.org', repeat('x', 90)
            FROM generate_series(1, ?) AS n
            """;

    private static final String DEAD_LETTERS = """
            INSERT INTO dead_letters (fingerprint, queue, service, reason, error, failed_at, video_id, route_trail, headers, body)
            SELECT sha256(convert_to(n::text, 'UTF8')), ?, 'encode', 'UNREADABLE', 'It could not be read.',
                now() - n * interval '1 second', 'video-' || n,
                CASE WHEN n % 2 = 0 THEN ARRAY['encode-take-job', 'encode-attempt'] ELSE ARRAY['encode-take-job'] END, '{}',
                convert_to(repeat('x', 500), 'UTF8')
            FROM generate_series(1, ?) AS n
            """;

    private final Map<String, Map<Integer, List<Long>>> times = new LinkedHashMap<>();

    @Test
    void saysWhatGrowthCosts() throws Exception {
        List<Platform> platforms = new ArrayList<>();
        try {
            for (int rows : new int[] {ONE, 10 * ONE, 100 * ONE}) {
                platforms.add(new Platform(rows));
            }
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (Platform platform : platforms) {
                    for (Map.Entry<String, Operation> operation :
                            platform.operations().entrySet()) {
                        long begin = System.nanoTime();
                        operation.getValue().run(round);
                        long nanos = System.nanoTime() - begin;
                        if (round >= 0) {
                            times.computeIfAbsent(operation.getKey(), key -> new LinkedHashMap<>())
                                    .computeIfAbsent(platform.rows, key -> new ArrayList<>())
                                    .add(nanos);
                        }
                    }
                }
            }
        } finally {
            for (Platform platform : platforms) {
                platform.close();
            }
        }
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n| What | %,d, median in ms | %,d | %,d | 100 times / once |%n| --- | --- | --- | --- | --- |%n",
                ONE,
                10 * ONE,
                100 * ONE));
        times.forEach((name, measured) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                name,
                median(measured.get(ONE)),
                median(measured.get(10 * ONE)),
                median(measured.get(100 * ONE)),
                median(measured.get(100 * ONE)) / median(measured.get(ONE)))));
        System.out.println(table);
    }

    private static double median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6;
    }

    private interface Operation {
        /** @param round differs from call to call */
        void run(int round) throws Exception;
    }

    /** A catalogue, and the databases of the other services, with so many of everything. */
    private static final class Platform implements AutoCloseable {

        private final int rows;
        private final ConfigurableApplicationContext catalogue;
        private final ManagedChannel channel;
        private final VideoCatalogServiceBlockingStub administrator;
        private final List<Long> letters;
        private final Connection users;
        private final Connection jobs;
        private final RouteStatement findCredential = RouteStatement.of("user", "find-credential");
        private final RouteStatement findUser = RouteStatement.of("user", "find-user");
        private final RouteStatement claimJobs = RouteStatement.of("encode", "claim-jobs");
        private final RouteStatement findJob = RouteStatement.of("encode", "find-job");
        private final RouteStatement measureWork = RouteStatement.of("encode", "measure-work");

        Platform(int rows) throws Exception {
            this.rows = rows;
            Map<String, String> database = Servers.newDatabase();
            JdbcTemplate videos = Servers.migrated(database, "latest");
            videos.update(ListsBenchmark.LOAD, rows);
            int port = FreePorts.pick();
            videos.update(DEAD_LETTERS, "Own" + port + "Queue", rows);
            videos.execute("VACUUM ANALYZE");
            letters = videos.queryForList("SELECT id FROM dead_letters ORDER BY failed_at LIMIT 1000", Long.class);
            catalogue = Servers.startService(database, port);
            channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                    .build();
            Metadata caller = new Metadata();
            caller.put(key(Headers.USER_ID), Integer.toString(ADMINISTRATOR));
            caller.put(key(Headers.USER_ROLE), Headers.ADMIN);
            administrator = VideoCatalogServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(caller));
            users = filled("user", USERS, rows);
            jobs = filled("encode", JOBS, rows, rows);
        }

        private static Metadata.Key<String> key(String name) {
            return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        }

        /** The database of a service. */
        private static Connection filled(String service, String load, Object... parameters) throws Exception {
            Map<String, String> database = Servers.newDatabase();
            JdbcTemplate jdbc = Servers.jdbc(database);
            Flyway.configure()
                    .dataSource(jdbc.getDataSource())
                    .locations("classpath:db/migration/" + service)
                    .load()
                    .migrate();
            jdbc.update(load, parameters);
            jdbc.execute("VACUUM ANALYZE");
            return DriverManager.getConnection(
                    database.get("spring.datasource.url"),
                    database.get("spring.datasource.username"),
                    database.get("spring.datasource.password"));
        }

        Map<String, Operation> operations() {
            Map<String, Operation> operations = new LinkedHashMap<>();
            operations.put("videos: first page", round -> administrator.findAll(FindAllRequest.getDefaultInstance()));
            operations.put(
                    "videos: search",
                    round -> administrator.findAll(
                            FindAllRequest.newBuilder().setSearch("common").build()));
            operations.put("videos: one's own", round -> administrator.findMine(FindMineRequest.getDefaultInstance()));
            operations.put(
                    "users: found for a login",
                    round -> findCredential.read(users, Map.of("email_key", "user" + some(round) + "@example.org")));
            operations.put("users: found by id", round -> findUser.read(users, Map.of("user_id", some(round))));
            operations.put("queue: a job is claimed", this::claim);
            operations.put(
                    "queue: a job is looked at",
                    round -> findJob.read(jobs, Map.of("video_id", "video-" + some(round))));
            operations.put("queue: is measured", round -> measureWork.read(jobs, Map.of()));
            operations.put(
                    "dead letters: first page",
                    round -> administrator.findDeadLetters(FindDeadLettersRequest.getDefaultInstance()));
            operations.put(
                    "dead letters: of a route",
                    round -> administrator.findDeadLetters(FindDeadLettersRequest.newBuilder()
                            .setRoute("encode-attempt")
                            .build()));
            operations.put(
                    "dead letters: of a video",
                    round -> administrator.findDeadLetters(FindDeadLettersRequest.newBuilder()
                            .setVideoId("video-" + some(round))
                            .build()));
            operations.put(
                    "dead letters: one is replayed",
                    round -> administrator.replayDeadLetter(ReplayDeadLetterRequest.newBuilder()
                            .setId(letters.get(round + WARM_UP))
                            .build()));
            return operations;
        }

        private int some(int round) {
            return 1 + Math.floorMod(round * 7919, rows);
        }

        /** And is left to be claimed again. */
        private void claim(int round) throws Exception {
            jobs.setAutoCommit(false);
            int claimed = claimJobs.read(
                    jobs,
                    Map.of(
                            "properties:encode.max-running-per-user", "2",
                            "bean:runningJobs.worker", "worker",
                            "bean:runningJobs.free", 1,
                            "properties:encode.lease", "30 seconds"));
            jobs.rollback();
            jobs.setAutoCommit(true);
            if (claimed != 1) {
                throw new IllegalStateException(claimed + " jobs were claimed.");
            }
        }

        @Override
        public void close() throws Exception {
            users.close();
            jobs.close();
            channel.shutdownNow();
            catalogue.close();
        }
    }
}
