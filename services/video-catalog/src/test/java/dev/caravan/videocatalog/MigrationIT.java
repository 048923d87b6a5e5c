package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.embedded.FreePorts;
import dev.caravan.proto.videocatalog.Caption;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindByIdResponseData;
import dev.caravan.proto.videocatalog.Video;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A service that starts on the database of a former version. */
class MigrationIT extends CatalogTestBase {

    /** Whatever the database itself knows of letters: C is what a server has that was set up without a locale. */
    @ParameterizedTest
    @ValueSource(strings = {"C.UTF-8", "C"})
    void findsVideosThatWereStoredAsTheyWereWritten(String locale) throws Exception {
        Map<String, String> database = Servers.newDatabase(locale);
        JdbcTemplate former = former(database);
        store(former, "Gru\u0308\u00dfe", "aus Ko\u0308ln");
        store(former, "cat\u202egpj.exe", "A description");
        store(former, "Plain", "A description");
        store(former, "\u0414\u041e\u041c", "A description");

        try (ConfigurableApplicationContext service = service(database)) {
            assertThat(titles("GR\u00dcSSE")).containsExactly("Gr\u00fc\u00dfe");
            assertThat(titles("gru\u0308\u00dfe k\u00d6ln")).containsExactly("Gr\u00fc\u00dfe");
            assertThat(titles("catgpj")).containsExactly("catgpj.exe");
            assertThat(titles("\u0434\u043e\u043c")).containsExactly("\u0414\u041e\u041c");
            assertThat(titles(""))
                    .containsExactlyInAnyOrder("Gr\u00fc\u00dfe", "catgpj.exe", "Plain", "\u0414\u041e\u041c");
            // As an instance of the former version stores it that still runs.
            store(former, "U\u0308bergang", "A description");
            assertThat(titles("\u00fcberGANG")).containsExactly("U\u0308bergang");
            assertThat(former.queryForList("SELECT description FROM videos WHERE title LIKE 'Gr%'", String.class))
                    .containsExactly("aus K\u00f6ln");
            assertThat(service.isRunning()).isTrue();
        }
    }

    /** Until the encoder has made them anew, and an instance of the former version may still write such a key. */
    @Test
    void showsNoPictureAsItWasUploaded() throws Exception {
        Map<String, String> database = Servers.newDatabase();
        JdbcTemplate former = former(database);
        store(former, "Own", "A description");
        store(former, "Taken", "A description");
        former.update("UPDATE videos SET poster = 'thumbnails/t-1', thumbnail = 'thumbnails/t-1' WHERE title = 'Own'");
        former.update("UPDATE videos SET poster = 'encoded-videos/v/1/poster.jpg' WHERE title = 'Taken'");

        try (ConfigurableApplicationContext service = service(database)) {
            store(former, "Late", "A description");
            former.update("UPDATE videos SET poster = 'thumbnails/t-2' WHERE title = 'Late'");
            assertThat(service.isRunning()).isTrue();
            assertThat(videos("Own")).extracting(Video::getThumbnailUrl).containsExactly("");
            assertThat(videos("Late")).extracting(Video::getThumbnailUrl).containsExactly("");
            assertThat(videos("Taken").get(0).getThumbnailUrl()).contains("/encoded-videos/v/1/poster.jpg?");
            assertThat(videos("Taken").get(0).getThumbnailsList()).isEmpty();
        }
    }

    @Test
    void takesForAMigrationAsLongAsItTakes() throws Exception {
        Map<String, String> database = Servers.newDatabase();
        JdbcTemplate former = former(database);
        // What there is to index takes longer than an answer otherwise may.
        former.update("""
                INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress, path)
                SELECT 'video-' || n, 7, 'Clip', (
                        SELECT string_agg(md5(n || '-' || part), ' ') FROM generate_series(1, 100) AS part),
                    now(), 'ready', 100, 'x'
                FROM generate_series(1, 500) AS n
                """);

        try (ConfigurableApplicationContext service =
                service(database, "--spring.datasource.hikari.data-source-properties.socketTimeout=1")) {
            assertThat(service.isRunning()).isTrue();
            assertThat(titles(former.queryForObject("SELECT md5('7-50')", String.class)))
                    .containsExactly("Clip");
        }
    }

    @Test
    void keepsVideosPublicAndUneditedThatNobodyCouldHide() throws Exception {
        Map<String, String> database = Servers.newDatabase();
        JdbcTemplate former = Servers.migrated(database, "9");
        store(former, "Of before", "A description");

        try (ConfigurableApplicationContext service = service(database)) {
            assertThat(service.isRunning()).isTrue();
            assertThat(videos("before")).singleElement().satisfies(video -> {
                assertThat(video.getVisibility()).isEqualTo("public");
                assertThat(video.getRevision()).isEqualTo(1);
                assertThat(video.getTagsList()).isEmpty();
                assertThat(video.hasPublishAt()).isFalse();
            });
            // As an instance of the former version stores it that still runs.
            store(former, "Meanwhile", "A description");
            assertThat(videos("meanwhile")).extracting(Video::getVisibility).containsExactly("public");
        }
    }

    /** As owners have edited, hidden and thrown away when there were no captions yet. */
    @Test
    void keepsWhatOwnersHaveEditedAndHidden() throws Exception {
        Map<String, String> database = Servers.newDatabase();
        JdbcTemplate former = Servers.migrated(database, "10");
        for (String title : List.of("Open", "Hidden", "Thrown away")) {
            store(former, title, "A description");
        }
        former.update("UPDATE videos SET visibility = 'private', revision = 3, tags = '{a,b}' WHERE title = 'Hidden'");
        former.update("UPDATE videos SET trashed_at = now() WHERE title = 'Thrown away'");

        try (ConfigurableApplicationContext service = service(database)) {
            assertThat(service.isRunning()).isTrue();
            assertThat(titles("")).containsExactly("Open");
            FindByIdResponseData open = find(anybody(), id(former, "Open"));
            assertThat(open.getCaptionsList()).isEmpty();
            assertThat(open.getChaptersList()).isEmpty();
            assertThat(open.getStoryboardUrl()).isEmpty();
            Video hidden = find(as(7), id(former, "Hidden")).getVideo();
            assertThat(hidden.getVisibility()).isEqualTo("private");
            assertThat(hidden.getRevision()).isEqualTo(3);
            assertThat(hidden.getTagsList()).containsExactly("a", "b");
            assertThat(fault(() -> find(anybody(), id(former, "Hidden"))).reason())
                    .isEqualTo("VIDEO_UNKNOWN");
            assertThat(fault(() -> find(as(7), id(former, "Thrown away"))).reason())
                    .isEqualTo("VIDEO_UNKNOWN");
        }
    }

    @Test
    void keepsCaptionsAndChaptersAndFindsWhatIsSpoken() throws Exception {
        Map<String, String> database = Servers.newDatabase();
        JdbcTemplate former = Servers.migrated(database, "11");
        store(former, "Spoken", "A description");
        former.update(
                "UPDATE videos SET chapters = '[{\"seconds\": 1.5, \"title\": \"One\"}]', file_taken = true, hls = 'h.m3u8'");
        for (String language : List.of("de", "en")) {
            former.update(
                    "INSERT INTO video_captions (video_id, language, label, content, cues, words, default_since)"
                            + " VALUES (?, ?, ?, 'WEBVTT', 2, ?, CASE WHEN ? = 'en' THEN now() END)",
                    id(former, "Spoken"),
                    language,
                    "In " + language,
                    "axolotl" + language,
                    language);
        }

        try (ConfigurableApplicationContext service = service(database)) {
            assertThat(service.isRunning()).isTrue();
            FindByIdResponseData spoken = find(anybody(), id(former, "Spoken"));
            assertThat(spoken.getCaptionsList())
                    .extracting(Caption::getLanguage, Caption::getLabel, Caption::getCues, Caption::getDefault)
                    .containsExactly(tuple("de", "In de", 2, false), tuple("en", "In en", 2, true));
            assertThat(spoken.getChaptersList()).singleElement().satisfies(chapter -> {
                assertThat(chapter.getSeconds()).isEqualTo(1.5);
                assertThat(chapter.getTitle()).isEqualTo("One");
            });
            assertThat(spoken.getHlsUrl()).contains("/h.m3u8?");
            assertThat(spoken.getStoryboardUrl()).isEmpty();
            assertThat(titles("axolotlde")).containsExactly("Spoken");
            // As an instance of the former version changes them that still runs.
            former.update("DELETE FROM video_captions WHERE language = 'de'");
            assertThat(titles("axolotlde")).isEmpty();
            assertThat(titles("axolotlen")).containsExactly("Spoken");
        }
    }

    private static int id(JdbcTemplate database, String title) {
        return Objects.requireNonNull(
                database.queryForObject("SELECT id FROM videos WHERE title = ?", Integer.class, title));
    }

    /** A database as a version of long ago left it. */
    private static JdbcTemplate former(Map<String, String> database) {
        return Servers.migrated(database, "4");
    }

    private static void store(JdbcTemplate database, String title, String description) {
        database.update(
                "INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress, width,"
                        + " height, duration, path) VALUES (gen_random_uuid(), 7, ?, ?, now(), 'ready', 100, 1, 1, 1, 'x')",
                title,
                description);
    }

    private List<String> titles(String search) {
        return videos(search).stream().map(Video::getTitle).toList();
    }

    private List<Video> videos(String search) {
        return anybody()
                .findAll(FindAllRequest.newBuilder().setSearch(search).build())
                .getData()
                .getVideosList();
    }

    private ConfigurableApplicationContext service(Map<String, String> database, String... more) {
        int port = FreePorts.pick();
        ConfigurableApplicationContext service = Servers.startService(database, port, more);
        call(port);
        return service;
    }
}
