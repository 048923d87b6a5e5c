package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How the database answers the lists when there are many videos: by what it reads, not by how long that takes. */
class ListPlansIT {

    private static final int VIDEOS = 40_000;
    private static final Path STATEMENTS = Path.of("..", "..", "routes", "video-catalog", "sql");
    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");
    private static final Map<String, String> USUAL = Map.of(
            "state", "'ready'",
            "owner", "0",
            "caller", "7",
            "continued", "false",
            "after", "'infinity'",
            "after_id", "0",
            "counted", "10000",
            "size", "20",
            "offset", "0",
            "window", "2000");

    private static JdbcTemplate database;

    @BeforeAll
    static void fill() {
        database = Servers.migrated(Servers.newDatabase(), "latest");
        database.update("""
                INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress, path)
                SELECT 'video-' || n, n % 100, 'Clip ' || n,
                    CASE WHEN n % 2 = 0 THEN 'common' ELSE 'other' END
                        || CASE WHEN n % 200 = 1 THEN ' seldom' ELSE '' END
                        || CASE WHEN n IN (3, 4) THEN ' 5§' ELSE '' END,
                    timestamptz '2026-01-01' + n * interval '1 minute', 'ready', 100, 'x'
                FROM generate_series(1, ?) AS n
                """, VIDEOS);
        database.execute("VACUUM ANALYZE videos");
    }

    @ParameterizedTest
    @ValueSource(strings = {"find-videos", "find-my-videos"})
    void readsNoMoreVideosThanItCountsAndShows(String statement) throws IOException {
        assertThat(plan(statement, Map.of())).doesNotContain("Seq Scan");
        assertThat(plan(statement, Map.of("offset", "9980"))).doesNotContain("Seq Scan");
        assertThat(plan(statement, Map.of("owner", "7"))).doesNotContain("Seq Scan");
        assertThat(plan(statement, continued())).doesNotContain("Seq Scan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "seldom", "clip", "c", "§", "5§", "common seldom", "nothing"})
    void searchesWithoutReadingAllVideos(String words) throws IOException {
        assertThat(plan("search-videos", search(words))).doesNotContain("Seq Scan");
        Map<String, String> next = search(words);
        next.putAll(continued());
        assertThat(plan("search-videos", next)).doesNotContain("Seq Scan");
    }

    @ParameterizedTest
    @CsvSource({"common, 20000, false", "clip, 40000, false", "seldom, 200, true", "5§, 2, true", "nothing, 0, true"})
    void countsWhatFewHaveAndEstimatesWhatManyHave(String words, int total, boolean exact) throws IOException {
        List<Map<String, Object>> rows = database.queryForList(statement("search-videos", search(words)));

        assertThat(rows.get(0).get("total_exact")).isEqualTo(exact);
        assertThat(((Number) rows.get(0).get("total")).doubleValue()).isBetween(total * 0.9, total * 1.1);
        assertThat(rows.stream().filter(row -> row.get("id") != null)).hasSize(Math.min(total, 21));
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
        parameters.put("words", "'" + words + "'");
        parameters.put("patterns", "'%" + words.replace(" ", "% %") + "%'");
        return parameters;
    }

    private static String plan(String statement, Map<String, String> parameters) throws IOException {
        return String.join("\n", database.queryForList("EXPLAIN " + statement(statement, parameters), String.class));
    }

    private static String statement(String name, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new HashMap<>(USUAL);
        all.putAll(parameters);
        return PARAMETER
                .matcher(Files.readString(STATEMENTS.resolve(name + ".sql")))
                .replaceAll(parameter -> all.get(parameter.group(1)));
    }
}
