package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.videocatalog.DeadLetter;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindAllResponseData;
import dev.caravan.proto.videocatalog.FindDeadLettersRequest;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.FindMineResponseData;
import dev.caravan.proto.videocatalog.User;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.videocatalog.signature.SignedUrl;
import io.grpc.Metadata;
import io.grpc.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** video-catalog-grpc-endpoint, video-catalog-find-all, video-catalog-find-mine, video-catalog-find-owners, video-catalog-ask-for-owners. */
class ListsIT extends CatalogTestBase {

    @Test
    void listsReadyVideosNewestFirst() throws Exception {
        int user = newUser();
        encoded(Messages.about(user, "Second").publishedAt("2026-01-02T00:00:00Z"));
        encoded(Messages.about(user, "Third").publishedAt("2026-01-03T00:00:00Z"));
        encoded(Messages.about(user, "First").publishedAt("2026-01-01T00:00:00+02:00"));
        encoded(Messages.about(user, "Also second").publishedAt("2026-01-02T00:00:00Z"));
        Messages failed = Messages.about(user, "Failed");
        publisher.publish("VideoEncodingFailed", failed.failed("It is no video."));
        await().until(() -> state(failed).equals("failed"));

        FindAllResponseData all = findAll(request -> request.setOwner(user));

        assertThat(all.getVideosList())
                .extracting(Video::getTitle)
                .containsExactly("Third", "Also second", "Second", "First");
        assertThat(all.getTotal()).isEqualTo(4);
        assertThat(all.getPage()).isEqualTo(1);
        assertThat(all.getSize()).isEqualTo(20);
    }

    /** A connection that a caller holds is one that no other gets, so all of the pool are looked at. */
    @Test
    void hasTheDatabaseKeepThePlansOfItsStatements() throws Exception {
        int user = newUser();
        encoded(Messages.about(user, "Often looked at"));
        for (int call = 0; call < 100; call++) {
            findAll(request -> request.setOwner(user));
        }

        HikariDataSource pool = jdbc.getDataSource().unwrap(HikariDataSource.class);
        List<Connection> connections = new ArrayList<>();
        long mostRuns = 0;
        try {
            for (int number = 0; number < pool.getMaximumPoolSize(); number++) {
                Connection connection = pool.getConnection();
                connections.add(connection);
                try (ResultSet kept = connection.createStatement().executeQuery("""
                                SELECT coalesce(max(generic_plans + custom_plans), 0)
                                FROM pg_prepared_statements WHERE statement LIKE '%listed_videos%'""")) {
                    kept.next();
                    mostRuns = Math.max(mostRuns, kept.getLong(1));
                }
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }

        assertThat(mostRuns).isGreaterThan(5);
    }

    @Test
    void takesListsApartIntoPages() throws Exception {
        int user = newUser();
        for (int day = 1; day <= 5; day++) {
            encoded(Messages.about(user, "Day " + day).publishedAt("2026-01-0" + day + "T00:00:00Z"));
        }

        List<String> titles = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            int number = page;
            FindAllResponseData data =
                    findAll(request -> request.setOwner(user).setPage(number).setSize(2));
            data.getVideosList().forEach(video -> titles.add(number + " " + video.getTitle()));
            assertThat(data.getTotal()).isEqualTo(5);
            assertThat(data.getPage()).isEqualTo(page);
            assertThat(data.getSize()).isEqualTo(2);
        }
        FindMineResponseData mine = as(user).findMine(
                        FindMineRequest.newBuilder().setPage(3).setSize(2).build())
                .getData();
        FindAllResponseData beyond = findAll(request -> request.setPage(100).setSize(100));

        assertThat(titles).containsExactly("1 Day 5", "1 Day 4", "2 Day 3", "2 Day 2", "3 Day 1");
        assertThat(mine.getVideosList()).extracting(Video::getTitle).containsExactly("Day 1");
        assertThat(mine.getTotal()).isEqualTo(5);
        assertThat(beyond.getVideosList()).isEmpty();
        assertThat(beyond.getTotal()).isPositive();
    }

    @Test
    void goesOnByCursorWhateverIsAddedAndDeletedMeanwhile() throws Exception {
        int user = newUser();
        List<Messages> days = new ArrayList<>();
        for (int day = 1; day <= 5; day++) {
            days.add(encoded(Messages.about(user, "Day " + day).publishedAt("2026-01-0" + day + "T00:00:00.123456Z")));
        }
        // Two at once, which only their ids tell apart.
        encoded(Messages.about(user, "Day 3 again").publishedAt("2026-01-03T00:00:00.123456Z"));

        FindAllResponseData first = findAll(request -> request.setOwner(user).setSize(3));
        encoded(Messages.about(user, "New").publishedAt("2026-01-09T00:00:00Z"));
        int shownLast = first.getVideos(2).getId();
        as(user).delete(DeleteRequest.newBuilder().setId(shownLast).build());
        FindAllResponseData second =
                findAll(request -> request.setOwner(user).setSize(2).setCursor(first.getCursor()));
        FindAllResponseData third =
                findAll(request -> request.setOwner(user).setSize(2).setCursor(second.getCursor()));
        FindMineResponseData mine = as(user).findMine(FindMineRequest.newBuilder()
                        .setSize(2)
                        .setCursor(first.getCursor())
                        .build())
                .getData();

        assertThat(first.getVideosList()).extracting(Video::getTitle).containsExactly("Day 5", "Day 4", "Day 3 again");
        assertThat(second.getVideosList()).extracting(Video::getTitle).containsExactly("Day 3", "Day 2");
        assertThat(third.getVideosList()).extracting(Video::getTitle).containsExactly("Day 1");
        assertThat(third.getCursor()).isEmpty();
        assertThat(mine.getVideosList()).isEqualTo(second.getVideosList());
        assertThat(first.getTotalExact()).isTrue();
        assertThat(second.hasTotal() || second.hasTotalExact() || second.hasPage())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"walrus", "walrus seen", "w"})
    void goesThroughASearchByCursor(String search) throws Exception {
        int user = newUser();
        for (int day = 1; day <= 5; day++) {
            encoded(Messages.about(user, "Walrus " + day + " seen").publishedAt("2026-01-0" + day + "T00:00:00Z"));
        }

        List<String> titles = new ArrayList<>();
        String cursor = "";
        do {
            String after = cursor;
            FindAllResponseData page = findAll(request ->
                    request.setOwner(user).setSearch(search).setSize(2).setCursor(after));
            page.getVideosList().forEach(video -> titles.add(video.getTitle()));
            cursor = page.getCursor();
        } while (!cursor.isEmpty());

        assertThat(titles)
                .containsExactly("Walrus 5 seen", "Walrus 4 seen", "Walrus 3 seen", "Walrus 2 seen", "Walrus 1 seen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"otter", "OTTER", "otter lake", "lake otter"})
    void findsFirstWhatHasTheWordsInItsTitleAsWholeWords(String search) throws Exception {
        int user = rankedUser();

        FindAllResponseData found =
                findAll(request -> request.setOwner(user).setSearch(search).setSize(100));

        assertThat(found.getVideosList())
                .extracting(Video::getTitle)
                .containsExactlyElementsOf(
                        switch (search) {
                            case "otter lake", "lake otter" ->
                                List.of(
                                        "Otter: lake!",
                                        "Otter lake",
                                        "Lake of otters",
                                        "By the lake 2",
                                        "By the lake 1");
                            default ->
                                List.of(
                                        "Otter: lake!",
                                        "Otter lake",
                                        "Otters",
                                        "Lake of otters",
                                        "By the lake 2",
                                        "By the lake 1");
                        });
        assertThat(found.getTotal()).isEqualTo(found.getVideosCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relevance", "newest"})
    void goesThroughTheTiersOfASearchByCursorAndByPage(String sort) throws Exception {
        int user = rankedUser();
        UnaryOperator<FindAllRequest.Builder> search = request ->
                request.setOwner(user).setSearch("otter").setSort(sort).setSize(2);

        List<String> byCursor = new ArrayList<>();
        List<String> byPage = new ArrayList<>();
        String cursor = "";
        int number = 0;
        do {
            String after = cursor;
            int next = ++number;
            FindAllResponseData page = findAll(request -> search.apply(request).setCursor(after));
            findAll(request -> search.apply(request).setPage(next))
                    .getVideosList()
                    .forEach(video -> byPage.add(video.getTitle()));
            page.getVideosList().forEach(video -> byCursor.add(video.getTitle()));
            cursor = page.getCursor();
        } while (!cursor.isEmpty());

        assertThat(byCursor)
                .isEqualTo(byPage)
                .containsExactlyElementsOf(
                        sort.equals("newest")
                                ? List.of(
                                        "Otters",
                                        "Lake of otters",
                                        "By the lake 2",
                                        "Otter: lake!",
                                        "By the lake 1",
                                        "Otter lake")
                                : List.of(
                                        "Otter: lake!",
                                        "Otter lake",
                                        "Otters",
                                        "Lake of otters",
                                        "By the lake 2",
                                        "By the lake 1"));
    }

    @Test
    void goesOnInTheOrderOfTheCursorAndRefusesTheOneOfAnother() throws Exception {
        int user = rankedUser();
        UnaryOperator<FindAllRequest.Builder> search =
                request -> request.setOwner(user).setSearch("otter").setSize(4);
        String ranked = findAll(search).getCursor();
        String newest =
                findAll(request -> search.apply(request).setSort("newest")).getCursor();

        // As one of the former version, whose lists were all newest first.
        assertThat(findAll(request -> search.apply(request).setCursor(newest)).getVideosList())
                .extracting(Video::getTitle)
                .containsExactly("By the lake 1", "Otter lake");
        assertThat(List.of(
                        fault(() -> findAll(request ->
                                search.apply(request).setSort("relevance").setCursor(newest))),
                        fault(() -> findAll(request ->
                                search.apply(request).setSort("newest").setCursor(ranked))),
                        fault(() -> findAll(request -> request.setCursor(ranked))),
                        fault(() -> as(user).findMine(FindMineRequest.newBuilder()
                                .setCursor(ranked)
                                .build()))))
                .allMatch(fault -> fault.code() == Status.Code.INVALID_ARGUMENT)
                .extracting(Fault::fieldErrors)
                .containsOnly(Map.of("cursor", List.of("cursor must be one that a list in the same order answered")));
        assertThat(fault(() -> findAll(request -> search.apply(request).setSort("oldest")))
                        .fieldErrors())
                .isEqualTo(Map.of("sort", List.of("sort must be one of newest, relevance")));
    }

    private int rankedUser() throws Exception {
        if (RankedUser.id == 0) {
            int user = newUser();
            encoded(Messages.about(user, "Otter lake").publishedAt("2026-01-01T00:00:00Z"));
            encoded(Messages.about(user, "By the lake 1").described("An otter").publishedAt("2026-01-02T00:00:00Z"));
            encoded(Messages.about(user, "Otter: lake!").publishedAt("2026-01-03T00:00:00Z"));
            encoded(Messages.about(user, "By the lake 2").described("An otter").publishedAt("2026-01-04T00:00:00Z"));
            encoded(Messages.about(user, "Lake of otters").publishedAt("2026-01-05T00:00:00Z"));
            encoded(Messages.about(user, "Otters").publishedAt("2026-01-06T00:00:00Z"));
            RankedUser.id = user;
        }
        return RankedUser.id;
    }

    private static final class RankedUser {
        static int id;
    }

    @Test
    void goesThroughDeadLettersByCursor() {
        forgetLetters();
        for (int day = 1; day <= 3; day++) {
            jdbc.update(
                    "INSERT INTO dead_letters (fingerprint, service, reason, error, failed_at, route_trail, headers, body)"
                            + " VALUES (?, 'x', 'x', ?, CAST(? AS timestamptz), '{}', '{}', '')",
                    new byte[] {(byte) day},
                    "Day " + day,
                    "2026-01-0" + day + "T00:00:00.000001Z");
        }

        var first = admin().findDeadLetters(
                        FindDeadLettersRequest.newBuilder().setSize(2).build())
                .getData();
        var second = admin().findDeadLetters(FindDeadLettersRequest.newBuilder()
                        .setSize(2)
                        .setCursor(first.getCursor())
                        .build())
                .getData();

        assertThat(first.getDeadLettersList()).extracting(DeadLetter::getError).containsExactly("Day 3", "Day 2");
        assertThat(first.getTotal()).isEqualTo(3);
        assertThat(second.getDeadLettersList()).extracting(DeadLetter::getError).containsExactly("Day 1");
        assertThat(second.getCursor()).isEmpty();
        forgetLetters();
    }

    @Test
    void refusesAPageThatOnlyACursorReachesAndACursorThatIsNone() {
        Fault far = fault(() -> findAll(request -> request.setPage(501)));
        Fault furthest = fault(
                () -> findAll(request -> request.setPage(Integer.MAX_VALUE).setSize(100)));
        Fault none = fault(() -> findAll(request -> request.setPage(2).setCursor("Zm9yZ2Vk")));

        assertThat(far.fieldErrors())
                .isEqualTo(furthest.fieldErrors())
                .isEqualTo(Map.of("page", List.of("page must end within the first 10000; cursor goes on from there")));
        assertThat(none.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(none.fieldErrors()).isEqualTo(Map.of("cursor", List.of("cursor must be one that a list answered")));
    }

    @Test
    void refusesPagesOutOfBounds() {
        Fault fault = fault(() ->
                findAll(request -> request.setPage(-1).setSize(101).setOwner(-1).setSearch("x".repeat(201))));
        Fault mine = fault(() ->
                as(newUser()).findMine(FindMineRequest.newBuilder().setSize(-1).build()));

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors())
                .isEqualTo(Map.of(
                        "page", List.of("page must be at least 1"),
                        "size", List.of("size must be at most 100"),
                        "owner", List.of("owner must be at least 1"),
                        "search", List.of("search must be at most 200 characters")));
        assertThat(mine.fieldErrors()).isEqualTo(Map.of("size", List.of("size must be at least 1")));
    }

    @ParameterizedTest
    @CsvSource({
        "PANDA, Red panda|Panda",
        "panda red, Red panda",
        "and, Red panda|Panda",
        "'100%', 100% sure",
        "'0%', 100% sure",
        "'%', 100% sure",
        "a_b, a_b",
        "'_', a_b",
        "\\, Back\\slash",
        "it's, It's",
        "'\"', Say \"hi\"",
        "ÜBER, über Ünïcode",
        "熊, 大熊猫",
        // Composed and taken apart, in any case.
        "gr\u00fc\u00dfe, Gr\u00fc\u00dfe aus K\u00f6ln",
        "gru\u0308\u00dfe, Gr\u00fc\u00dfe aus K\u00f6ln",
        "GR\u00dc\u00dfE, Gr\u00fc\u00dfe aus K\u00f6ln",
        "GR\u00dc\u1e9eE, Gr\u00fc\u00dfe aus K\u00f6ln",
        "GR\u00dcSSE, Gr\u00fc\u00dfe aus K\u00f6ln",
        "GRU\u0308SSE k\u00d6LN, Gr\u00fc\u00dfe aus K\u00f6ln",
        "grusse, ''",
        "istanbul, \u0130stanbul",
        "ISTANBUL, \u0130stanbul",
        "\u0131stanbul, \u0130stanbul",
        "I\u0307stanbul, \u0130stanbul",
        "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03cc\u03c2 \u03bf\u03b4\u03bf\u03c2",
        "\u03bf\u03b4\u03bf\u03c3, \u03bf\u03b4\u03cc\u03c2 \u03bf\u03b4\u03bf\u03c2",
        "\u041f\u0420\u0418\u0412\u0415\u0422, \u041f\u0440\u0438\u0432\u0435\u0442",
        "donaudampf, Donau\u00addampf",
        "DONAU\u200bdampf, Donau\u00addampf",
        "\u2764, I \u2764\ufe0f it",
        "\uff21\uff22\uff23, Full-width abc",
        "100\uff05, 100% sure",
        "secret, Panda",
        "nothing of it, ''",
        "'panda nothing', ''"
    })
    void findsVideosByTheirWords(String search, String titles) throws Exception {
        int user = searchableUser();

        FindAllResponseData found = findAll(request -> request.setOwner(user).setSearch(search));

        assertThat(found.getVideosList())
                .extracting(Video::getTitle)
                .containsExactlyInAnyOrder(titles.isEmpty() ? new String[0] : titles.split("\\|", -1));
        assertThat(found.getTotal()).isEqualTo(found.getVideosCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0\u3000", "\u200b", "\u200b \ufeff", "\u2800\u3164", "\u202e"})
    void findsAllByASearchForNothingThatIsSeen(String search) throws Exception {
        int user = searchableUser();

        assertThat(findAll(request -> request.setOwner(user).setSearch(search)).getTotal())
                .isEqualTo(findAll(request -> request.setOwner(user)).getTotal())
                .isGreaterThan(10);
    }

    @Test
    void refusesASearchForWhatIsNoText() {
        for (String search : List.of("\0", "a\0b")) {
            Fault fault = fault(() -> findAll(request -> request.setSearch(search)));
            assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(fault.fieldErrors()).isEqualTo(Map.of("search", List.of("search must be valid text")));
        }
    }

    @Test
    void countsTheCharactersOfASearchOnceTheyAreComposed() throws Exception {
        assertThat(findAll(request -> request.setSearch("u\u0308".repeat(200))).getTotal())
                .isZero();
    }

    @Test
    void showsUnfinishedVideosToTheirOwnerAndToAdministrators() throws Exception {
        Messages messages = Messages.about(newUser(), "Unfinished");
        publisher.publish("VideoEncodingProgressed", messages.progressed(12));
        await().until(() -> state(messages).equals("encoding"));
        int id = video(messages).orElseThrow().getId();

        var owners = find(as(messages.userId()), id);

        assertThat(find(admin(), id)).isEqualTo(owners);
        assertThat(owners.getVideo().getProgress()).isEqualTo(12);
        assertThat(owners.getVideo().getThumbnailUrl()).isEmpty();
        assertThat(owners.getManifestUrl()).isEmpty();
        assertThat(owners.getHlsUrl()).isEmpty();
        assertThat(List.of(
                        fault(() -> find(anybody(), id)),
                        fault(() -> find(as(newUser()), id)),
                        fault(() -> find(as("nobody"), id))))
                .allMatch(fault -> fault.code() == Status.Code.NOT_FOUND)
                .allMatch(fault -> fault.reason().equals("VIDEO_UNKNOWN"));
        assertThat(findAll(request -> request.setOwner(messages.userId())).getTotal())
                .isZero();
    }

    @Test
    void listsVideosOfEveryStateForAdministratorsAlone() throws Exception {
        int user = newUser();
        encoded(Messages.about(user, "Ready"));
        Messages encoding = Messages.about(user, "Encoding");
        Messages failed = Messages.about(user, "Failed");
        publisher.publish("VideoEncodingProgressed", encoding.progressed(1));
        publisher.publish("VideoEncodingFailed", failed.failed("It is no video."));
        await().until(() -> state(failed).equals("failed"));

        for (String state : List.of("encoding", "failed", "ready", "")) {
            var found = admin().findAll(FindAllRequest.newBuilder()
                            .setOwner(user)
                            .setState(state)
                            .setSearch(state.isEmpty() ? "ready" : state)
                            .build())
                    .getData();
            assertThat(found.getTotal()).isEqualTo(1);
            assertThat(found.getVideosList())
                    .extracting(Video::getState)
                    .containsExactly(state.isEmpty() ? "ready" : state);
        }
        assertThat(findAll(request -> request.setOwner(user).setState("ready")).getTotal())
                .isEqualTo(1);
        assertThat(List.of(fault(() -> findAll(request -> request.setState("failed"))), fault(() -> as(user).findAll(
                                FindAllRequest.newBuilder()
                                        .setOwner(user)
                                        .setState("encoding")
                                        .build()))))
                .allMatch(fault -> fault.code() == Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> findAll(request -> request.setState("deleted"))).fieldErrors())
                .containsOnlyKeys("state");
    }

    @Test
    void knowsNoOtherVideo() {
        for (int id : new int[] {0, -1, Integer.MAX_VALUE}) {
            assertThat(fault(() -> find(as(newUser()), id)).reason()).isEqualTo("VIDEO_UNKNOWN");
        }
    }

    @Test
    void asksWhoCallsForHisVideos() {
        for (String caller : List.of("", "ann", "0", "-1", "99999999999")) {
            Fault fault = fault(() -> as(caller).findMine(FindMineRequest.getDefaultInstance()));
            assertThat(fault.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(fault.reason()).isEqualTo("NO_CALLER");
        }
    }

    @Test
    void signsWhatAPlayerNeeds() throws Exception {
        Messages messages = encoded(Messages.about(newUser(), "Playable"));
        int id = video(messages).orElseThrow().getId();

        var found = find(anybody(), id);
        SignedUrl dash = SignedUrl.parse(found.getManifestUrl());
        SignedUrl hls = SignedUrl.parse(found.getHlsUrl());
        SignedUrl storyboard = SignedUrl.parse(found.getStoryboardUrl());
        SignedUrl thumbnail = SignedUrl.parse(found.getVideo().getThumbnailUrl());

        String folder = "http://127.0.0.1:4001/" + messages.path();
        assertThat(dash.url()).isEqualTo(folder + "/master.mpd");
        assertThat(hls.url()).isEqualTo(folder + "/master.m3u8");
        assertThat(storyboard.url()).isEqualTo(folder + "/storyboard.vtt");
        assertThat(thumbnail.url()).isEqualTo(folder + "/thumbnail-640.jpg");
        assertThat(List.of(dash, hls, storyboard))
                .allMatch(url -> url.isSignedBy(Servers.KEY))
                .allMatch(url -> url.resource().equals(folder + "/*"))
                .allMatch(url -> url.until().isAfter(Instant.now().plus(Duration.ofMinutes(220))));
        assertThat(thumbnail.isSignedBy(Servers.KEY)).isTrue();
        assertThat(thumbnail.resource()).isEqualTo(folder + "/thumbnail-*");
        assertThat(found.getVideo().getThumbnailsList())
                .extracting(size -> SignedUrl.parse(size.getUrl()).url() + " " + size.getWidth() + "x"
                        + size.getHeight() + " " + size.getType())
                .containsExactly(
                        folder + "/thumbnail-640.jpg 640x360 image/jpeg",
                        folder + "/thumbnail-640.webp 640x360 image/webp");
        assertThat(found.getVideo().getThumbnailsList())
                .allMatch(size -> SignedUrl.parse(size.getUrl()).isSignedBy(Servers.KEY));
        assertThat(found.getVideo().getThumbnails(0).getUrl())
                .isEqualTo(found.getVideo().getThumbnailUrl());
        assertThat(find(anybody(), id)).isEqualTo(found);
    }

    @Test
    void showsOwnersAndAsksForEachOnce() throws Exception {
        int user = newUser();
        int even = user % 2 == 0 ? user : newUser();
        int missing = UserServiceStub.MISSING + even;
        String word = "owners" + even;
        for (int owner : new int[] {even, even, missing}) {
            readyUnseen(Messages.about(owner, word));
        }
        Servers.USERS.takeAsked();
        Servers.USERS.takeMetadata();

        List<Video> videos = awaitVideos(word, 3);

        User known = User.newBuilder()
                .setId(even)
                .setName("User " + even)
                .setImage("https://example.org/" + even + ".png")
                .build();
        User unknown = User.newBuilder().setId(missing).build();
        assertThat(videos).extracting(Video::getUser).containsExactlyInAnyOrder(known, known, unknown);
        assertThat(Servers.USERS.takeAsked()).containsOnlyOnce(even, missing).hasSize(2);
        assertThat(Servers.USERS.takeMetadata())
                .isNotEmpty()
                .allMatch(metadata -> metadata.get(key(Headers.AUTHORIZATION)) == null)
                .allMatch(metadata -> metadata.get(key(Headers.USER_ID)) == null)
                .allMatch(metadata -> "request-7".equals(metadata.get(key(Headers.REQUEST_ID))));
    }

    /** How long it waits at most, VideoCatalogRoutesTest shows. */
    @Test
    void showsVideosWhoseOwnersNobodyTells() throws Exception {
        int first = UserServiceStub.SILENT + newUser();
        int second = UserServiceStub.SILENT + newUser();
        int known = newUser();
        String word = "silent" + first;
        for (int owner : new int[] {first, second, known}) {
            readyUnseen(Messages.about(owner, word));
        }

        List<Video> videos = awaitVideos(word, 3);

        assertThat(videos)
                .extracting(video -> video.getUser().getName())
                .containsExactlyInAnyOrder("", "", "User " + known);
        assertThat(videos).extracting(video -> video.getUser().getId()).containsExactlyInAnyOrder(first, second, known);
    }

    private int searchableUser() throws Exception {
        if (SearchableUser.id == 0) {
            int user = newUser();
            List<String> titles = List.of(
                    "Red panda",
                    "100% sure",
                    "a_b",
                    "Back\\slash",
                    "It's",
                    "Say \"hi\"",
                    "über Ünïcode",
                    "大熊猫",
                    "Gru\u0308\u00dfe aus Ko\u0308ln",
                    "\u0130stanbul",
                    "\u03bf\u03b4\u03cc\u03c2 \u03bf\u03b4\u03bf\u03c2",
                    "\u041f\u0440\u0438\u0432\u0435\u0442",
                    "Donau\u00addampf",
                    "I \u2764\ufe0f it",
                    "Full-width abc");
            for (String title : titles) {
                encoded(Messages.about(user, title));
            }
            encoded(Messages.about(user, "Panda").described("A secret"));
            SearchableUser.id = user;
        }
        return SearchableUser.id;
    }

    private static final class SearchableUser {
        static int id;
    }

    private Messages encoded(Messages messages) throws Exception {
        publisher.publish("VideoEncodingCompleted", messages.completed());
        await().until(() -> state(messages).equals("ready"));
        return messages;
    }

    /** Without asking for it, which would have its owner remembered. */
    private void readyUnseen(Messages messages) throws Exception {
        publisher.publish("VideoEncodingCompleted", messages.completed());
    }

    private List<Video> awaitVideos(String word, int count) {
        await().until(() -> countRows(word) == count);
        return as(1).findAll(FindAllRequest.newBuilder().setSearch(word).build())
                .getData()
                .getVideosList();
    }

    private int countRows(String word) {
        Integer rows = jdbc.queryForObject("SELECT count(*) FROM videos WHERE title = ?", Integer.class, word);
        return rows == null ? 0 : rows;
    }

    private FindAllResponseData findAll(UnaryOperator<FindAllRequest.Builder> request) {
        return anybody()
                .findAll(request.apply(FindAllRequest.newBuilder()).build())
                .getData();
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
