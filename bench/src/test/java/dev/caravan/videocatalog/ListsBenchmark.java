package dev.caravan.videocatalog;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.embedded.FreePorts;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
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
 * the service, with its routes, statement and owners. And as a ratio to what its statement costs alone, on a pool of
 * connections like the service's. {@code ./caravan bench lists} runs it. The databases are kept for the next run.
 */
class ListsBenchmark {

    private static final int FEW = 1000;
    private static final int MANY = Integer.getInteger("caravan.bench.videos", 1_000_000);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 300);
    private static final int WARM_UP = Integer.getInteger("caravan.bench.warm-up", 300);

    /**
     * Half of the videos have {@code common}, one in a hundred {@code seldom}, one in ten thousand {@code rare}, all in the
     * description; one in five hundred has {@code titled} in its title.
     */
    static final String LOAD = """
            INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress, width, height,
                duration, path, hls, poster, renditions)
            SELECT 'video-' || n, 1 + n % 500,
                initcap(concat_ws(' ', words[1], words[2], words[3], CASE WHEN n % 500 = 11 THEN 'titled' END)),
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
    private final Map<String, List<Long>> bare = new LinkedHashMap<>();

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
            lists.put(
                    "that, newest first", request -> request.setSearch("common").setSort("newest"));
            lists.put("that, by cursor", request -> request.setSearch("common"));
            lists.put("search for a seldom word", request -> request.setSearch("seldom"));
            lists.put("search for a seldom word of titles", request -> request.setSearch("titled"));
            lists.put("search for a rare word", request -> request.setSearch("rare"));
            lists.put("search for one letter", request -> request.setSearch("q"));
            lists.put("search for what is not there", request -> request.setSearch("zzzz"));
            for (int pair = -WARM_UP; pair < PAIRS; pair++) {
                for (Map.Entry<String, Consumer<FindAllRequest.Builder>> list : lists.entrySet()) {
                    FindAllRequest.Builder one = FindAllRequest.newBuilder();
                    FindAllRequest.Builder other = FindAllRequest.newBuilder();
                    list.getValue().accept(one);
                    list.getValue().accept(other);
                    if (list.getKey().endsWith("by cursor")) {
                        one.setCursor(one.getSearch().isEmpty() ? small.middle : small.middleOfSearch);
                        other.setCursor(one.getSearch().isEmpty() ? large.middle : large.middleOfSearch);
                    }
                    long smallNanos = small.nanos(one.build());
                    long largeNanos = large.nanos(other.build());
                    long bareNanos = large.bareNanos(other.build());
                    if (pair >= 0) {
                        note(few, list.getKey(), smallNanos);
                        note(many, list.getKey(), largeNanos);
                        note(bare, list.getKey(), bareNanos);
                    }
                }
            }
        }
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%n| List | %,d videos, median and p95 in ms | %,d videos | p95 / p95 | its SQL alone | p95 / p95 |%n"
                        + "| --- | --- | --- | --- | --- | --- |%n",
                FEW,
                MANY));
        few.forEach((name, times) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.1f, %.1f | %.1f, %.1f | %.2f | %.1f, %.1f | %.2f |%n",
                name,
                at(times, 0.5),
                at(times, 0.95),
                at(many.get(name), 0.5),
                at(many.get(name), 0.95),
                at(many.get(name), 0.95) / at(times, 0.95),
                at(bare.get(name), 0.5),
                at(bare.get(name), 0.95),
                at(many.get(name), 0.95) / at(bare.get(name), 0.95))));
        System.out.println(table);
    }

    private static void note(Map<String, List<Long>> times, String list, long nanos) {
        times.computeIfAbsent(list, key -> new ArrayList<>()).add(nanos);
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
        private final HikariDataSource pool = new HikariDataSource();
        private final RouteStatement list;
        private final RouteStatement search;
        /** Where the list goes on in its middle. */
        private final String middle;

        private final String middleOfSearch;

        Catalogue(int videos) throws IOException {
            Map<String, String> database = Servers.keptDatabase("lists_" + videos);
            fill(database, videos);
            list = RouteStatement.of("video-catalog", "find-videos");
            search = RouteStatement.of("video-catalog", "search-videos");
            int port = FreePorts.pick();
            service = Servers.startService(database, port);
            channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                    .build();
            stub = VideoCatalogServiceGrpc.newBlockingStub(channel);
            pool.setJdbcUrl(database.get("spring.datasource.url"));
            pool.setUsername(database.get("spring.datasource.username"));
            pool.setPassword(database.get("spring.datasource.password"));
            pool.addDataSourceProperty(
                    "prepareThreshold",
                    service.getEnvironment()
                            .getRequiredProperty("spring.datasource.hikari.data-source-properties.prepareThreshold"));
            middle = cursor(FindAllRequest.newBuilder().setPage(25));
            middleOfSearch =
                    cursor(FindAllRequest.newBuilder().setSearch("common").setPage(12));
        }

        private String cursor(FindAllRequest.Builder request) {
            return stub.findAll(request.build()).getData().getCursor();
        }

        private static void fill(Map<String, String> properties, int videos) {
            JdbcTemplate database = Servers.migrated(properties, "latest");
            Integer filled = database.queryForObject("SELECT count(*) FROM videos", Integer.class);
            if (filled != null && filled == videos) {
                return;
            }
            String index = database.queryForObject(
                    "SELECT indexdef FROM pg_indexes WHERE indexname = 'videos_by_parts_of_words'", String.class);
            database.execute("BEGIN; DROP INDEX videos_by_parts_of_words; TRUNCATE videos CASCADE;"
                    + LOAD.replace("?", Integer.toString(videos)) + ";" + index
                    + "; ALTER INDEX videos_by_parts_of_words ALTER COLUMN 1 SET STATISTICS 0; COMMIT");
            database.execute("VACUUM ANALYZE videos");
        }

        long nanos(FindAllRequest request) {
            long begin = System.nanoTime();
            stub.findAll(request);
            return System.nanoTime() - begin;
        }

        long bareNanos(FindAllRequest request) throws SQLException {
            Map<String, Object> parameters = parameters(request);
            RouteStatement statement = request.getSearch().isEmpty() ? list : search;
            long begin = System.nanoTime();
            try (Connection connection = pool.getConnection()) {
                statement.read(connection, parameters);
            }
            return System.nanoTime() - begin;
        }

        /** As the service sets them. */
        private static Map<String, Object> parameters(FindAllRequest request) {
            String[] after =
                    new String(Base64.getUrlDecoder().decode(request.getCursor()), StandardCharsets.UTF_8).split(" ");
            boolean continued = after.length > 1;
            boolean ranked = !request.getSort().equals("newest");
            return Map.ofEntries(
                    Map.entry("state", "ready"),
                    Map.entry("owner", request.getOwner()),
                    Map.entry("words", request.getSearch()),
                    Map.entry("patterns", "%" + request.getSearch() + "%"),
                    Map.entry("size", 20),
                    Map.entry("offset", 20L * Math.max(0, request.getPage() - 1)),
                    Map.entry("continued", continued),
                    Map.entry("after", continued ? after[0] : "infinity"),
                    Map.entry("after_id", continued ? Long.parseLong(after[1]) : 0L),
                    Map.entry("ranked", ranked),
                    Map.entry("after_tier", !ranked ? 2 : after.length > 2 ? Integer.parseInt(after[2]) : 0),
                    Map.entry("counted", 10_000));
        }

        @Override
        public void close() {
            channel.shutdownNow();
            pool.close();
            service.close();
        }
    }
}
