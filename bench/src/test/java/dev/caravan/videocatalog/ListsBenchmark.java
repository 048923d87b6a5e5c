package dev.caravan.videocatalog;

import dev.caravan.embedded.FreePorts;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a page of a list costs when there are many videos, as a ratio to what it costs when there are a thousand: a call of
 * the service, with its routes, statement and owners. {@code ./caravan bench lists} runs it.
 */
class ListsBenchmark {

    private static final int FEW = 1000;
    private static final int MANY = Integer.getInteger("caravan.bench.videos", 1_000_000);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 300);
    private static final int WARM_UP = 300;

    /** Half of the videos have {@code common}, one in a hundred {@code seldom}, one in ten thousand {@code rare}. */
    private static final String LOAD = """
            INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress, width, height,
                duration, path, hls, poster, renditions)
            SELECT 'video-' || n, 1 + n % 500, initcap(concat_ws(' ', words[1], words[2], words[3])),
                array_to_string(words[4:], ' ') || CASE WHEN n % 2 = 0 THEN ' common' ELSE '' END
                    || CASE WHEN n % 100 = 7 THEN ' seldom' ELSE '' END
                    || CASE WHEN n % 10000 = 3 THEN ' rare' ELSE '' END,
                timestamptz '2020-01-01' + n * interval '3 minutes', 'ready', 100, 1280, 720, 60, 'encoded-videos/x/1',
                'master.m3u8', 'encoded-videos/x/1/poster.jpg', '[{"width": 1280, "height": 720}]'
            FROM generate_series(1, ?) AS n, LATERAL (
                SELECT array_agg((
                    SELECT string_agg(chr(97 + CAST(CAST('x' || substr(md5(word || '-' || place), 1, 4) AS bit(16)) AS integer)
                        % 26), '')
                    FROM generate_series(1, 3 + word % 6) AS place)) AS words
                -- Some words are in many videos, and most in few.
                FROM (SELECT CAST(floor(20000 * power(random(), 3)) AS integer) AS word FROM generate_series(1, 16) WHERE n > 0)
                    AS chosen) AS text
            """;

    private final Map<String, List<Long>> few = new LinkedHashMap<>();
    private final Map<String, List<Long>> many = new LinkedHashMap<>();

    @Test
    void saysWhatManyVideosCost() throws Exception {
        try (Catalogue small = new Catalogue(FEW);
                Catalogue large = new Catalogue(MANY)) {
            Map<String, Consumer<FindAllRequest.Builder>> lists = new LinkedHashMap<>();
            lists.put("first page", request -> {});
            lists.put("page 40", request -> request.setPage(40));
            lists.put("by cursor", request -> {});
            lists.put("of one owner", request -> request.setOwner(7));
            lists.put("search for a common word", request -> request.setSearch("common"));
            lists.put("search for a seldom word", request -> request.setSearch("seldom"));
            lists.put("search for a rare word", request -> request.setSearch("rare"));
            lists.put("search for one letter", request -> request.setSearch("q"));
            lists.put("search for what is not there", request -> request.setSearch("zzzz"));
            for (int pair = -WARM_UP; pair < PAIRS; pair++) {
                for (Map.Entry<String, Consumer<FindAllRequest.Builder>> list : lists.entrySet()) {
                    boolean byCursor = list.getKey().equals("by cursor");
                    long one = small.nanos(list.getValue(), byCursor ? small.middle : "");
                    long other = large.nanos(list.getValue(), byCursor ? large.middle : "");
                    if (pair >= 0) {
                        few.computeIfAbsent(list.getKey(), key -> new ArrayList<>())
                                .add(one);
                        many.computeIfAbsent(list.getKey(), key -> new ArrayList<>())
                                .add(other);
                    }
                }
            }
        }
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n| List | %,d videos, median and p95 in ms | %,d videos | median / median | p95 / p95 |%n| --- | --- | --- | --- | --- |%n",
                FEW,
                MANY));
        few.forEach((name, times) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.1f, %.1f | %.1f, %.1f | %.2f | %.2f |%n",
                name,
                at(times, 0.5),
                at(times, 0.95),
                at(many.get(name), 0.5),
                at(many.get(name), 0.95),
                at(many.get(name), 0.5) / at(times, 0.5),
                at(many.get(name), 0.95) / at(times, 0.95))));
        System.out.println(table);
    }

    /** Milliseconds that this share of the times is not above. */
    private static double at(List<Long> times, double share) {
        return times.stream().sorted().toList().get((int) (times.size() * share)) / 1e6;
    }

    /** A service with a database of its own. */
    private static final class Catalogue implements AutoCloseable {

        private final ConfigurableApplicationContext service;
        private final ManagedChannel channel;
        private final VideoCatalogServiceBlockingStub stub;
        /** Where the list goes on in its middle. */
        private final String middle;

        Catalogue(int videos) {
            Map<String, String> database = Servers.newDatabase();
            fill(database, videos);
            int port = FreePorts.pick();
            service = Servers.startService(database, port);
            channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                    .build();
            stub = VideoCatalogServiceGrpc.newBlockingStub(channel);
            middle = stub.findAll(FindAllRequest.newBuilder().setPage(25).build())
                    .getData()
                    .getCursor();
        }

        private static void fill(Map<String, String> properties, int videos) {
            JdbcTemplate database = Servers.migrated(properties, "latest");
            String index = database.queryForObject(
                    "SELECT indexdef FROM pg_indexes WHERE indexname = 'videos_by_parts_of_words'", String.class);
            database.execute("DROP INDEX videos_by_parts_of_words");
            database.update(LOAD, videos);
            database.execute(index);
            database.execute("ALTER INDEX videos_by_parts_of_words ALTER COLUMN 1 SET STATISTICS 0");
            database.execute("VACUUM ANALYZE videos");
        }

        long nanos(Consumer<FindAllRequest.Builder> list, String cursor) {
            FindAllRequest.Builder request = FindAllRequest.newBuilder().setCursor(cursor);
            list.accept(request);
            long begin = System.nanoTime();
            stub.findAll(request.build());
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            channel.shutdownNow();
            service.close();
        }
    }
}
