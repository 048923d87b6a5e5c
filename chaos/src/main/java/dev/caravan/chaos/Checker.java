package dev.caravan.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.caravan.chaos.Ledger.Entry;
import dev.caravan.chaos.Ledger.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.S3Client;

/** Compares what was accepted with what is there, once nothing breaks any more. */
final class Checker {

    /** How long nothing may move before what is open is stuck, and how long it may take in all. */
    private static final long STILL_MILLIS = 90_000;

    private static final long SETTLED_MILLIS = 600_000;
    /** What the sweeps need. */
    private static final long SWEPT_MILLIS = 90_000;

    private final Rest rest;
    private final Ledger ledger;
    private final Servers servers;
    private final List<String> tokens;
    private final EventReceiver receiver;
    private Map<String, JsonNode> all = Map.of();

    /**
     * @param tokens of everybody who uploaded
     * @param receiver that is told of all their videos
     */
    Checker(Rest rest, Ledger ledger, Servers servers, List<String> tokens, EventReceiver receiver) {
        this.rest = rest;
        this.ledger = ledger;
        this.servers = servers;
        this.tokens = tokens;
        this.receiver = receiver;
    }

    private List<String> open() throws Exception {
        List<String> open = new ArrayList<>();
        for (Entry entry : ledger.entries()) {
            JsonNode video = all.get(String.valueOf(entry.videoId));
            if (video != null
                    && !List.of("ready", "failed").contains(video.path("state").asText())) {
                open.add(entry.title + " is " + video.path("state").asText());
            } else if (entry.accepted && video == null && !entry.deleteAsked) {
                open.add(entry.title + " is not in the catalogue");
            }
        }
        rows(
                open,
                "upload",
                "SELECT video_id FROM uploads WHERE published_at IS NOT NULL AND announced_at IS NULL",
                "is not announced");
        rows(open, "encode", "SELECT video_id FROM jobs WHERE state IN ('waiting', 'running')", "has a job to do");
        rows(open, "encode", "SELECT id FROM outbox", "is in the outbox of encode");
        rows(open, "video_catalog", "SELECT id FROM outbox", "is in the outbox of video-catalog");
        rows(open, "video_catalog", "SELECT id FROM deliveries WHERE state = 'waiting'", "is not delivered");
        queues(open);
        return open;
    }

    /** Of everybody what is there, and what is in the trash, which somebody may not have had back yet. */
    private void read() throws InterruptedException {
        Map<String, JsonNode> found = new HashMap<>();
        for (String token : tokens) {
            read(token, "", found);
            read(token, "&trashed=true", found);
        }
        all = found;
    }

    private void read(String token, String which, Map<String, JsonNode> found) throws InterruptedException {
        for (int page = 1; ; page++) {
            JsonNode data = rest.call("GET", "/videos/mine?size=100&page=" + page + which, token, null)
                    .data();
            data.path("videos")
                    .forEach(video -> found.put(video.path("video_id").asText(), video));
            if (data.path("videos").size() < 100) {
                break;
            }
        }
    }

    /** Waits while anything moves: a slow machine takes its time, and what stands still is stuck. */
    private List<String> settle() throws Exception {
        long start = System.nanoTime();
        long moved = start;
        read();
        List<String> open = open();
        while (!open.isEmpty() && millisSince(moved) < STILL_MILLIS && millisSince(start) < SETTLED_MILLIS) {
            Thread.sleep(1000);
            read();
            List<String> now = open();
            if (!now.equals(open)) {
                moved = System.nanoTime();
            }
            open = now;
        }
        return open;
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** Everything that must not be. */
    void check(Report report) throws Exception {
        List<String> stuck = settle();
        List<String> lost = new ArrayList<>();
        List<String> untrue = new ArrayList<>();
        int ready = 0;
        int failed = 0;
        int deleted = 0;
        int lapsed = 0;
        List<String> untold = new ArrayList<>();
        for (Entry entry : ledger.entries()) {
            JsonNode video = all.get(String.valueOf(entry.videoId));
            if (video != null
                    && entry.renamed != null
                    && !video.path("title").asText().equals(entry.renamed)) {
                untrue.add(entry.title + " was renamed to " + entry.renamed + " and is called " + video.path("title"));
            }
            if (entry.lapsed) {
                lapsed++;
                if (video != null) {
                    untrue.add(entry.title + " was said to be gone and is there");
                }
            } else if (entry.deleted) {
                deleted++;
                expectTold(entry, "video.deleted", untold);
                if (video != null) {
                    untrue.add(entry.title + " was deleted and is there");
                }
            } else if (video == null) {
                if (entry.accepted && !entry.deleteAsked) {
                    lost.add(entry.title + " was accepted and is not there");
                }
            } else if (video.path("state").asText().equals("ready")) {
                ready++;
                expectTold(entry, "video.uploaded", untold);
                expectTold(entry, "video.ready", untold);
                checkReady(entry, video, untrue);
            } else {
                failed++;
                expectTold(entry, "video.uploaded", untold);
                expectTold(entry, "video.failed", untold);
                checkFailed(entry, video, untrue);
            }
        }
        report.count("uploads begun", ledger.entries().size());
        report.count("accepted (answered 2xx)", (int) ledger.accepted());
        report.count("ready", ready);
        report.count("failed", failed);
        report.count("deleted", deleted);
        report.count("announced too late (answered 404)", lapsed);
        report.count("malformed messages put into queues", ledger.malformed().size());
        report.count("events told", receiver.events());
        report.count("events refused", receiver.refused());
        report.findings("lost", lost);
        report.findings("events never told", untold);
        report.findings("stuck", stuck);
        report.findings("ended untruly", untrue);
        report.findings("ready with other files than the rest", incomplete());
        report.findings("duplicated", duplicated());
        report.findings("dead letters missing", missingDeadLetters());
        report.findings("orphan objects", orphans());
        report.findings("answers that were lies", lies());
    }

    private void expectTold(Entry entry, String type, List<String> untold) {
        if (!receiver.wasTold(String.valueOf(entry.videoId), type)) {
            untold.add(type + " of " + entry.title);
        }
    }

    private void checkReady(Entry entry, JsonNode video, List<String> untrue) throws InterruptedException {
        if (entry.kind != Kind.GOOD) {
            untrue.add(entry.title + " is ready");
            return;
        }
        if (video.hasNonNull("restorable_until")) {
            return;
        }
        JsonNode data = rest.call("GET", "/videos/" + video.path("id").asInt(), null, null)
                .data();
        int status = rest.get(data.path("manifest_url").asText());
        if (status != 200) {
            untrue.add(entry.title + " is ready, and its manifest answers " + status);
        }
    }

    private static void checkFailed(Entry entry, JsonNode video, List<String> untrue) {
        String failure = video.path("failure").asText();
        boolean isTrue =
                switch (entry.kind) {
                    case BAD -> failure.contains("ends too early") || failure.contains("not a video");
                    case POISON -> failure.contains("fault in the platform");
                    case GOOD, ABANDONED -> false;
                };
        if (!isTrue) {
            untrue.add(entry.title + " failed: " + failure);
        }
    }

    private List<String> duplicated() throws SQLException {
        List<String> found = new ArrayList<>();
        rows(
                found,
                "encode",
                "SELECT video_id FROM attempts WHERE outcome = 'succeeded' GROUP BY video_id HAVING count(*) > 1",
                "succeeded more than once");
        rows(
                found,
                "video_catalog",
                "SELECT original_id FROM videos GROUP BY original_id HAVING count(*) > 1",
                "is in the catalogue more than once");
        return found;
    }

    /** All that are ready are of the same clip, so all have the same files. */
    private List<String> incomplete() throws Exception {
        List<String> prefixes = new ArrayList<>();
        rows(
                prefixes,
                "video_catalog",
                "SELECT path || '/' FROM videos WHERE state = 'ready' AND deleted_at IS NULL",
                "");
        Map<String, Set<String>> files = new TreeMap<>();
        prefixes.forEach(prefix -> files.put(prefix.strip(), new TreeSet<>()));
        try (S3Client s3 = servers.objects()) {
            s3.listObjectsV2Paginator(
                            request -> request.bucket(Servers.bucket()).prefix("encoded-videos/"))
                    .contents()
                    .forEach(object -> files.forEach((prefix, names) -> {
                        if (object.key().startsWith(prefix)) {
                            names.add(object.key().substring(prefix.length()));
                        }
                    }));
        }
        Set<String> usual =
                files.values().stream().max(Comparator.comparingInt(Set::size)).orElse(Set.of());
        return files.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(usual))
                .map(entry -> entry.getKey() + " has " + entry.getValue() + ", others " + usual)
                .toList();
    }

    private List<String> missingDeadLetters() throws SQLException {
        List<String> bodies = new ArrayList<>();
        rows(bodies, "video_catalog", "SELECT convert_from(body, 'UTF8') FROM dead_letters", "");
        return ledger.malformed().stream()
                .filter(body ->
                        bodies.stream().noneMatch(letter -> letter.strip().equals(body)))
                .toList();
    }

    /** What no row speaks of, after the sweeps had the time that they need. */
    private List<String> orphans() throws Exception {
        long start = System.nanoTime();
        List<String> found = unexplained();
        while (!found.isEmpty() && millisSince(start) < SWEPT_MILLIS) {
            Thread.sleep(1000);
            found = unexplained();
        }
        return found;
    }

    private List<String> unexplained() throws Exception {
        List<String> prefixes = new ArrayList<>();
        rows(
                prefixes,
                "video_catalog",
                "SELECT path || '/' FROM videos WHERE path IS NOT NULL AND deleted_at IS NULL",
                "");
        rows(prefixes, "video_catalog", "SELECT 'raw-videos/' || original_id FROM videos WHERE deleted_at IS NULL", "");
        List<String> expected = prefixes.stream().map(String::strip).toList();
        List<String> found = new ArrayList<>();
        try (S3Client s3 = servers.objects()) {
            s3.listObjectsV2Paginator(request -> request.bucket(Servers.bucket())).contents().stream()
                    .map(object -> object.key())
                    .filter(key -> expected.stream().noneMatch(key::startsWith))
                    .forEach(found::add);
            s3.listMultipartUploads(request -> request.bucket(Servers.bucket())).uploads().stream()
                    .map(upload -> "parts of " + upload.key())
                    .forEach(found::add);
        }
        return found;
    }

    private List<String> lies() {
        List<String> lies = new ArrayList<>();
        new TreeMap<>(rest.lies()).forEach((text, times) -> lies.add(text + " (" + times + " times)"));
        return lies;
    }

    private void queues(List<String> open) throws Exception {
        try (Connection connection = servers.broker().newConnection("chaos");
                Channel channel = connection.createChannel()) {
            for (Map.Entry<String, String> queue : Map.of(
                            "AMQP_ENCODE_QUEUE", "EncodeService",
                            "AMQP_CATALOG_QUEUE", "VideoCatalogService",
                            "AMQP_CATALOG_EVENTS_QUEUE", "VideoCatalogEvents",
                            "AMQP_DEAD_LETTER_QUEUE", "DeadLetters",
                            "AMQP_UPLOAD_EVENTS_QUEUE", "UploadEvents",
                            "AMQP_ENCODE_EVENTS_QUEUE", "EncodeEvents",
                            "AMQP_WEBHOOKS_QUEUE", "WebhookDeliveries")
                    .entrySet()) {
                String name = servers.amqpName(queue.getKey(), queue.getValue());
                int messages = channel.queueDeclarePassive(name).getMessageCount();
                if (messages > 0) {
                    open.add(name + " holds " + messages);
                }
            }
        }
    }

    private void rows(List<String> into, String service, String query, String what) throws SQLException {
        try (java.sql.Connection connection = servers.database(service);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                into.add(rows.getString(1) + " " + what);
            }
        }
    }
}
