package dev.caravan.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody who watches whatever can be watched, also while it is encoded: reads playlists again and again and each segment once, as
 * players do. What a playlist names is there, or comes later; it is never missing.
 */
final class Viewer implements AutoCloseable {

    private static final long PAUSE_MILLIS = 200;
    private static final Set<String> WATCHED = Set.of("playable", "ready");
    /** Not found, and not allowed. */
    private static final Set<Integer> MISSING = Set.of(403, 404, 410);

    private static final Pattern NAMED = Pattern.compile("URI=\"([^\"]+)\"");

    private final Rest rest;
    private final List<String> tokens;
    private final Set<String> seen = new HashSet<>();
    private final Set<Integer> seenWhole = new HashSet<>();
    private final AtomicInteger segments = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();
    private final Thread thread = new Thread(this::live, "chaos-viewer");
    private volatile boolean ended;

    /** @param tokens of those whose videos are watched */
    Viewer(Rest rest, List<String> tokens) {
        this.rest = rest;
        this.tokens = tokens;
        thread.setDaemon(true);
        thread.start();
    }

    int segments() {
        return segments.get();
    }

    /** Of those, how many of videos that were still encoded. */
    int early() {
        return early.get();
    }

    private void live() {
        try {
            while (!ended) {
                for (String token : tokens) {
                    for (JsonNode video : rest.call("GET", "/videos/mine?size=100", token, null)
                            .data()
                            .path("videos")) {
                        if (!seenWhole.contains(video.path("id").asInt())
                                && WATCHED.contains(video.path("state").asText())) {
                            watch(
                                    video.path("id").asInt(),
                                    token,
                                    video.path("state").asText().equals("ready"));
                        }
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(int id, String token, boolean whole) throws InterruptedException {
        boolean all = true;
        for (URI segment : named(details(id, token))) {
            if (ended || seen.contains(segment.getPath())) {
                continue;
            }
            int status = rest.get(segment.toString());
            if (status == 200) {
                seen.add(segment.getPath());
                segments.incrementAndGet();
                if (!whole) {
                    early.incrementAndGet();
                }
            } else {
                all = false;
                if (MISSING.contains(status)) {
                    lookAgain(id, token, segment, status);
                }
            }
        }
        if (all && whole) {
            seenWhole.add(id);
        }
    }

    /** Between playlist and segment a video may be deleted, or have been encoded anew; then nobody is told of that segment any more. */
    private void lookAgain(int id, String token, URI missing, int before) throws InterruptedException {
        for (URI segment : named(details(id, token))) {
            if (segment.getPath().equals(missing.getPath())) {
                int status = rest.get(segment.toString());
                if (MISSING.contains(status)) {
                    rest.lie("A playlist names what is not there (" + before + ", then " + status + "): "
                            + segment.getPath());
                }
            }
        }
    }

    private JsonNode details(int id, String token) throws InterruptedException {
        return rest.call("GET", "/videos/" + id, token, null, 404).data();
    }

    /** All initializations and segments of all streams of a video; none when it has no playlist now. */
    private Set<URI> named(JsonNode video) throws InterruptedException {
        Set<URI> named = new LinkedHashSet<>();
        String master = video.path("hls_url").asText();
        if (!master.isEmpty()) {
            for (URI stream : addresses(URI.create(master))) {
                if (stream.getPath().endsWith(".m3u8")) {
                    named.addAll(addresses(stream));
                }
            }
        }
        return named;
    }

    private List<URI> addresses(URI playlist) throws InterruptedException {
        return rest.text(playlist.toString())
                .lines()
                .flatMap(line -> line.startsWith("#")
                        ? NAMED.matcher(line).results().map(result -> result.group(1))
                        : Stream.of(line).filter(address -> !address.isBlank()))
                .map(playlist::resolve)
                .distinct()
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join(60_000);
    }
}
