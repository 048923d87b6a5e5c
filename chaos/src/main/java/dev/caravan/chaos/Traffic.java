package dev.caravan.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.caravan.chaos.Ledger.Entry;
import dev.caravan.chaos.Ledger.Kind;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Users who listen by webhooks, upload, announce twice, delete and forget, as long as it lasts. Each asks again until he is told that it worked. */
final class Traffic implements AutoCloseable {

    private static final int USERS = 2;
    private static final long PAUSE_MILLIS = 250;
    private static final long PATIENCE_ROUNDS = 300;
    /** With so much to do nobody begins anything: a slow machine is to be broken, not to be buried. */
    private static final int BACKLOG = 6;

    private final Rest rest;
    private final Ledger ledger;
    private final Clips clips;
    private final Servers servers;
    private final SourceServer source;
    private final EventReceiver receiver;
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private volatile boolean ended;
    private volatile boolean held;

    Traffic(Rest rest, Ledger ledger, Clips clips, Servers servers, SourceServer source, EventReceiver receiver) {
        this.rest = rest;
        this.ledger = ledger;
        this.clips = clips;
        this.servers = servers;
        this.source = source;
        this.receiver = receiver;
    }

    /** Registers the users and lets them begin. */
    void start(long seed) throws InterruptedException {
        for (int i = 0; i < USERS; i++) {
            String token = register("user-" + seed + "-" + i);
            tokens.add(token);
            listen(token);
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> live(token, random), "chaos-user-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Has the receiver told what happens to the videos of a user. */
    private void listen(String token) throws InterruptedException {
        Rest.Answer answer = rest.call(
                "POST", "/webhooks", token, Rest.JSON.createObjectNode().put("url", receiver.url()));
        if (!answer.worked()) {
            throw new IllegalStateException("A webhook could not be made: " + answer);
        }
    }

    String register(String name) throws InterruptedException {
        ObjectNode account = Rest.JSON
                .createObjectNode()
                .put("name", name)
                .put("email", name + "@example.org")
                .put("password", "words of " + name);
        Rest.Answer answer = rest.call("POST", "/auth/register", null, account);
        if (!answer.worked()) {
            throw new IllegalStateException("A user could not register: " + answer);
        }
        return answer.data().path("token").asText();
    }

    List<String> tokens() {
        return tokens;
    }

    /** Nobody begins anything new meanwhile. */
    void hold(boolean hold) {
        held = hold;
    }

    private void live(String token, Random random) {
        try {
            for (int round = 0; !ended; round++) {
                if (!held && !isBusy()) {
                    begin(token, random, round);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            rest.lie("A user gave up: " + e);
        }
    }

    private boolean isBusy() {
        try (java.sql.Connection connection = servers.database("encode");
                Statement statement = connection.createStatement();
                ResultSet jobs =
                        statement.executeQuery("SELECT count(*) FROM jobs WHERE state IN ('waiting', 'running')")) {
            jobs.next();
            return jobs.getInt(1) >= BACKLOG;
        } catch (SQLException e) {
            // The database is one of the things that are broken; users do not wait for it.
            return false;
        }
    }

    private void begin(String token, Random random, int round) throws InterruptedException {
        switch (round % 8) {
            case 1 -> upload(Kind.BAD, token, clips.bad());
            case 2 -> abandon(token);
            case 3 -> direct(token);
            case 4 -> sendMalformed(random);
            case 5 -> deleteOne(token, random);
            case 6 -> editOne(token, random);
            case 7 -> importOne(token);
            default -> upload(Kind.GOOD, token, clips.good());
        }
    }

    Entry upload(Kind kind, String token, byte[] video) throws InterruptedException {
        Entry entry = ledger.begin(kind, title(kind) + number.incrementAndGet(), token);
        JsonNode presigned = putVideo(token, video);
        if (presigned == null) {
            return entry;
        }
        entry.videoId = presigned.path("video_id").asText();
        ObjectNode webhook = Rest.JSON
                .createObjectNode()
                .put("video_id", entry.videoId)
                .put("thumbnail_id", presigned.path("thumbnail_id").asText())
                .put("title", entry.title)
                .put("description", "Sent while things break.");
        announce(entry, webhook);
        if (entry.accepted) {
            rest.call("POST", "/videos/upload/webhook", token, webhook);
        }
        return entry;
    }

    /** Asks until it was accepted, or is too late. */
    private void announce(Entry entry, JsonNode webhook) throws InterruptedException {
        for (int round = 0; round < PATIENCE_ROUNDS && !ended && !entry.accepted && !entry.lapsed; round++) {
            Rest.Answer answer = rest.call("POST", "/videos/upload/webhook", entry.token, webhook, 404);
            entry.accepted = answer.worked();
            entry.lapsed = answer.status() == 404;
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private @Nullable JsonNode putVideo(String token, byte[] video) throws InterruptedException {
        for (int round = 0; round < PATIENCE_ROUNDS && !ended; round++) {
            Rest.Answer presigned = rest.call("POST", "/videos/upload/presigned-url", token, null, 429);
            if (presigned.worked()
                    && rest.put(presigned.data().path("video_url").asText(), video)) {
                return presigned.data();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    private void abandon(String token) throws InterruptedException {
        Entry entry = ledger.begin(Kind.ABANDONED, title(Kind.ABANDONED) + number.incrementAndGet(), token);
        JsonNode presigned = putVideo(token, clips.good());
        if (presigned != null) {
            entry.videoId = presigned.path("video_id").asText();
        }
    }

    private void direct(String token) throws InterruptedException {
        Entry entry = ledger.begin(Kind.GOOD, title(Kind.GOOD) + number.incrementAndGet(), token);
        for (int round = 0; round < PATIENCE_ROUNDS && !ended && !entry.accepted; round++) {
            Rest.Answer answer = rest.upload(token, entry.title, clips.good());
            if (answer.worked()) {
                entry.videoId = answer.data().path("video_id").asText();
                entry.accepted = true;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void importOne(String token) throws InterruptedException {
        int own = number.incrementAndGet();
        Entry entry = ledger.begin(Kind.GOOD, title(Kind.GOOD) + own, token);
        ObjectNode wish = Rest.JSON
                .createObjectNode()
                .put("url", source.url(own))
                .put("title", entry.title)
                .put("description", "Fetched while things break.");
        for (int round = 0; round < PATIENCE_ROUNDS && !ended && !entry.accepted && !entry.lapsed; round++) {
            follow(entry, wish);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Begins an import, unless it is among those that there are, and notes what has become of it. */
    private void follow(Entry entry, ObjectNode wish) throws InterruptedException {
        Rest.Answer list = rest.call("GET", "/videos/imports?size=100", entry.token, null);
        if (!list.worked()) {
            return;
        }
        for (JsonNode known : list.data().path("imports")) {
            if (known.path("url").equals(wish.path("url"))) {
                entry.videoId = known.path("video_id").asText();
                entry.accepted = known.path("state").asText().equals("uploaded");
                entry.lapsed = known.path("state").asText().equals("failed");
                if (entry.lapsed) {
                    rest.lie("An import has failed: " + known.path("error"));
                }
                return;
            }
        }
        rest.call("POST", "/videos/imports", entry.token, wish, 429);
    }

    private void deleteOne(String token, Random random) throws InterruptedException {
        Entry entry = anyGood(token, random, 3);
        String path = entry == null ? null : path(entry);
        if (entry != null && path != null) {
            entry.deleteAsked = true;
            entry.deleted = worked("DELETE", path + "?permanently=true", token, null, 404);
        }
    }

    /** Renames it, throws it away and has it back, and makes a link that is ended again. */
    private void editOne(String token, Random random) throws InterruptedException {
        Entry entry = anyGood(token, random, 1);
        String path = entry == null ? null : path(entry);
        if (entry == null || path == null) {
            return;
        }
        String title = entry.title + " of " + number.incrementAndGet();
        entry.renamed = null;
        if (worked("PATCH", path, token, Rest.JSON.createObjectNode().put("title", title))) {
            entry.renamed = title;
        }
        entry.trashed = true;
        if (worked("DELETE", path, token, null, 404) && worked("POST", path + "/restore", token, null, 404)) {
            entry.trashed = false;
        }
        Rest.Answer link = rest.call("POST", path + "/links", token, Rest.JSON.createObjectNode());
        if (link.worked()) {
            worked("DELETE", path + "/links/" + link.data().at("/link/id").asInt(), token, null, 404);
        }
    }

    /** A good video of this user that he has not asked to be deleted; null when there are fewer than so many. */
    private @Nullable Entry anyGood(String token, Random random, int least) {
        List<Entry> candidates = ledger.entries().stream()
                .filter(entry -> entry.token.equals(token) && entry.kind == Kind.GOOD && entry.accepted)
                .filter(entry -> !entry.deleteAsked && !entry.trashed)
                .toList();
        return candidates.size() < least ? null : candidates.get(random.nextInt(candidates.size()));
    }

    /** Null when the catalogue does not know it yet, or does not answer. */
    private @Nullable String path(Entry entry) throws InterruptedException {
        Rest.Answer mine = rest.call("GET", "/videos/mine?size=100", entry.token, null);
        for (JsonNode video : mine.data().path("videos")) {
            if (video.path("video_id").asText().equals(entry.videoId)) {
                return "/videos/" + video.path("id").asInt();
            }
        }
        return null;
    }

    private void sendMalformed(Random random) {
        String queue =
                switch (random.nextInt(3)) {
                    case 0 -> servers.amqpName("AMQP_ENCODE_QUEUE", "EncodeService");
                    case 1 -> servers.amqpName("AMQP_UPLOAD_EVENTS_QUEUE", "UploadEvents");
                    default -> servers.amqpName("AMQP_CATALOG_EVENTS_QUEUE", "VideoCatalogEvents");
                };
        String body = "{\"key\":\"Nonsense\",\"data\":{\"number\":" + number.incrementAndGet() + "}}";
        try (Connection connection = servers.broker().newConnection("chaos");
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(
                    "",
                    queue,
                    true,
                    com.rabbitmq.client.MessageProperties.PERSISTENT_TEXT_PLAIN,
                    body.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(5000);
            ledger.malformed(body);
        } catch (Exception e) {
            // The broker is one of the things that are broken; what was not confirmed was not sent.
        }
    }

    /** Asks until it worked; in the end false when it never did. */
    private boolean worked(String method, String path, String token, @Nullable JsonNode body, int... enough)
            throws InterruptedException {
        for (int round = 0; round < PATIENCE_ROUNDS && !ended; round++) {
            Rest.Answer answer = rest.call(method, path, token, body, enough);
            if (answer.worked()) {
                return true;
            }
            for (int status : enough) {
                if (round > 0 && answer.status() == status) {
                    // It was done by a call whose answer did not come.
                    return true;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return false;
    }

    /** What the titles of a kind begin with. */
    static String title(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "-";
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join(60_000);
        }
    }
}
