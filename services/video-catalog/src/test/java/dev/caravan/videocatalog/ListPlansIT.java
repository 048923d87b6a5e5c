package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** How the database answers the lists when there are many videos: by what it reads, not by how long that takes. */
class ListPlansIT {

    private static final int VIDEOS = 40_000;
    private static final Path STATEMENTS = Path.of("..", "..", "routes", "video-catalog", "sql");
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("state", "'ready'"),
            Map.entry("owner", "0"),
            Map.entry("caller", "7"),
            Map.entry("video_id", "''"),
            Map.entry("route", "''"),
            Map.entry("visibility", "''"),
            Map.entry("patterns", "''"),
            Map.entry("trashed", "false"),
            Map.entry("oldest", "false"),
            Map.entry("continued", "false"),
            Map.entry("after", "'infinity'"),
            Map.entry("after_id", "0"),
            Map.entry("counted", "10000"),
            Map.entry("size", "20"),
            Map.entry("offset", "0"));

    private static final Pattern ROWS_OF_VIDEOS =
            Pattern.compile("(?:Index|Seq|Heap) Scan .*\\bvideos\\b.*\\(actual rows=([0-9]+) ");

    private static JdbcTemplate database;

    @BeforeAll
    static void fill() {
        database = Servers.migrated(Servers.newDatabase(), "latest");
        database.update("""
                INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress, path)
                SELECT 'video-' || n, n % 100, 'Clip ' || n,
                    CASE WHEN n % 2 = 0 THEN 'common' ELSE 'other' END
                        || CASE WHEN n % 200 = 1 THEN ' seldom' ELSE '' END
                        || CASE WHEN n % 300 = 5 THEN ' 77' ELSE '' END
                        || CASE WHEN n % 4000 = 1 THEN ' rare' ELSE '' END
                        || CASE WHEN n IN (3, 4) THEN ' 5§' ELSE '' END,
                    timestamptz '2026-01-01' + n * interval '1 minute', 'ready', 100, 'x'
                FROM generate_series(1, ?) AS n
                """, VIDEOS);
        database.update("""
                INSERT INTO dead_letters (fingerprint, service, reason, error, failed_at, video_id, state, route_trail, headers, body)
                SELECT convert_to(CAST(n AS text), 'UTF8'), 'x', 'x', 'x', timestamptz '2026-01-01' + n * interval '1 minute',
                    'video-' || n, CAST(CASE WHEN n % 1000 = 1 THEN 'replayed' ELSE 'open' END AS dead_letter_state),
                    CASE WHEN n % 1000 = 2 THEN ARRAY['some', 'rare'] ELSE ARRAY['some'] END, '{}', ''
                FROM generate_series(1, ?) AS n
                """, VIDEOS);
        database.execute("VACUUM ANALYZE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"find-videos", "find-my-videos"})
    void readsNoMoreVideosThanItCountsAndShows(String statement) throws IOException {
        assertThat(plan(statement, Map.of())).doesNotContain("Seq Scan");
        assertThat(plan(statement, Map.of("offset", "9980"))).doesNotContain("Seq Scan");
        assertThat(plan(statement, Map.of("owner", "7"))).doesNotContain("Seq Scan");
        assertThat(plan(statement, Map.of("oldest", "true", "after", "'-infinity'")))
                .doesNotContain("Seq Scan");
        assertThat(plan(statement, continued())).doesNotContain("Seq Scan");
    }

    @ParameterizedTest
    @CsvSource({"replayed, state, replayed", "open, route, rare", "replayed, route, rare", "open, video_id, video-7"})
    void readsOfDeadLettersThoseOfAStateARouteOrAVideo(String state, String parameter, String value)
            throws IOException {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("state", "'" + state + "'");
        parameters.put(parameter, "'" + value + "'");

        assertThat(plan("find-dead-letters", parameters)).doesNotContain("Seq Scan on dead_letters");
        parameters.putAll(continued());
        assertThat(plan("find-dead-letters", parameters)).doesNotContain("Seq Scan on dead_letters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "common",
                "seldom",
                "rare",
                "clip",
                "lip 7",
                "c",
                "§",
                "5§",
                "common seldom",
                "seldom nothing",
                "nothing"
            })
    void searchesWithoutReadingAllVideos(String words) throws IOException {
        for (Map<String, String> shape : List.of(
                Map.<String, String>of(),
                Map.of("offset", "480"),
                Map.of("owner", "7"),
                Map.of("ranked", "false", "after_tier", "2"))) {
            for (Map<String, String> part : List.of(Map.<String, String>of(), continued())) {
                Map<String, String> parameters = search(words);
                parameters.putAll(part);
                parameters.putAll(shape);
                assertThat(plansWithin("search-videos", parameters))
                        .hasSizeGreaterThan(1)
                        .noneMatch(plan -> plan.contains("Seq Scan on videos"));
            }
        }
        for (int tier = 0; tier <= 2; tier++) {
            Map<String, String> parameters = search(words);
            parameters.putAll(continued());
            parameters.put("after_tier", Integer.toString(tier));
            assertThat(plansWithin("search-videos", parameters)).noneMatch(plan -> plan.contains("Seq Scan on videos"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "seldom", "rare", "clip", "nothing"})
    void readsOfManyMatchesNoMoreThanItShows(String words) throws IOException {
        long read = plansWithin("search-videos", search(words)).stream()
                .flatMap(plan -> ROWS_OF_VIDEOS.matcher(plan).results())
                .mapToLong(rows -> Long.parseLong(rows.group(1)))
                .sum();

        assertThat(read).isPositive().isLessThan(VIDEOS / 5);
    }

    @ParameterizedTest
    @CsvSource({
        "common, 20000, false",
        "clip, 40000, false",
        "seldom, 200, false",
        "rare, 10, true",
        "5§, 2, true",
        "nothing, 0, true"
    })
    void countsWhatFewHaveAndEstimatesWhatManyHave(String words, int total, boolean exact) throws IOException {
        List<Map<String, Object>> rows = database.queryForList(statement("search-videos", search(words)));

        assertThat(rows.get(0).get("total_exact")).isEqualTo(exact);
        assertThat(((Number) rows.get(0).get("total")).doubleValue()).isBetween(total * 0.9, total * 1.1);
        assertThat(rows.stream().filter(row -> row.get("id") != null)).hasSize(Math.min(total, 21));
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "7 77", "seldom 2"})
    void goesThroughAllTiersInTheirOrder(String words) throws IOException {
        List<Integer> all = database.queryForList(
                """
                SELECT id FROM shown_videos
                WHERE search_text LIKE ALL (?)
                ORDER BY CASE
                    WHEN ' ' || title_form || ' ' LIKE ALL (?) THEN 0 WHEN title_form LIKE ALL (?) THEN 1 ELSE 2
                END, published_at DESC, id DESC
                """, Integer.class, patterns(words, "%"), patterns(words, "% "), patterns(words, "%"));

        List<Integer> found = new ArrayList<>();
        Map<String, String> parameters = search(words);
        List<Map<String, Object>> page;
        do {
            page = database.queryForList(statement("search-videos", parameters)).stream()
                    .filter(row -> row.get("id") != null)
                    .limit(20)
                    .toList();
            page.forEach(row -> found.add((Integer) row.get("id")));
            if (!page.isEmpty()) {
                Map<String, Object> last = page.get(page.size() - 1);
                parameters.put("continued", "true");
                parameters.put("after_tier", String.valueOf(last.get("tier")));
                parameters.put("after", "'" + last.get("published_at") + "'");
                parameters.put("after_id", String.valueOf(last.get("id")));
            }
        } while (!page.isEmpty());

        assertThat(all).hasSizeGreaterThan(20);
        assertThat(found).isEqualTo(all);
    }

    private static String[] patterns(String words, String around) {
        return Stream.of(words.split(" "))
                .map(word -> around + word + new StringBuilder(around).reverse())
                .toArray(String[]::new);
    }

    @Test
    void estimatesHowManyThereAreOnceItHasCountedMany() throws IOException {
        Map<String, Object> any =
                database.queryForList(statement("find-videos", Map.of())).get(0);
        Map<String, Object> ofOne = database.queryForList(statement("find-videos", Map.of("owner", "7")))
                .get(0);

        assertThat(any).containsEntry("total_exact", false);
        assertThat(((Number) any.get("total")).doubleValue()).isBetween(VIDEOS * 0.9, VIDEOS * 1.1);
        assertThat(ofOne).containsEntry("total", VIDEOS / 100L).containsEntry("total_exact", true);
    }

    private static Map<String, String> continued() {
        return Map.of("continued", "true", "after", "'2026-01-10T00:00:00Z'", "after_id", "5");
    }

    private static Map<String, String> search(String words) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("ranked", "true");
        parameters.put("after_tier", "0");
        parameters.put("words", "'" + words + "'");
        parameters.put("patterns", "'%" + words.replace(" ", "% %") + "%'");
        return parameters;
    }

    private static String plan(String statement, Map<String, String> parameters) throws IOException {
        return String.join("\n", database.queryForList("EXPLAIN " + statement(statement, parameters), String.class));
    }

    /** Of the statement, and of all that the function runs which it calls. */
    private static List<String> plansWithin(String statement, Map<String, String> parameters) throws IOException {
        String sql = statement(statement, parameters);
        return database.execute((ConnectionCallback<List<String>>) connection -> {
            try (Statement run = connection.createStatement()) {
                run.execute("LOAD 'auto_explain'");
                run.execute("SET auto_explain.log_min_duration = 0");
                run.execute("SET auto_explain.log_nested_statements = on");
                run.execute("SET auto_explain.log_analyze = on");
                run.execute("SET auto_explain.log_timing = off");
                run.execute("SET client_min_messages = log");
                List<String> plans = new ArrayList<>();
                run.execute(sql);
                for (SQLWarning plan = run.getWarnings(); plan != null; plan = plan.getNextWarning()) {
                    String text = String.valueOf(plan.getMessage());
                    plans.add(text.substring(text.indexOf("(cost=")));
                }
                return plans;
            }
        });
    }

    private static String statement(String name, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new HashMap<>(USUAL);
        all.putAll(parameters);
        return PARAMETER
                .matcher(Files.readString(STATEMENTS.resolve(name + ".sql")))
                .replaceAll(parameter -> all.get(parameter.group(1)));
    }
}
