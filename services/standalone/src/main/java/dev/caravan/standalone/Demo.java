package dev.caravan.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a video through a platform as any client does, by its REST API, and says how far it is. */
final class Demo {

    private static final Duration STEP = Duration.ofMillis(500);
    /** How long a platform may be too busy to answer, as one that has just started on a slow machine is. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int BAR = 30;

    private final Rest rest;
    private final Path data;
    private final Consumer<String> say;

    /**
     * @param data where the demo's account is kept
     * @param say where each line goes
     */
    Demo(String url, Path data, Consumer<String> say) {
        this.rest = new Rest(url);
        this.data = data;
        this.say = say;
    }

    /** @throws UsageException when the platform refuses the video or fails to encode it */
    void play(Path video) throws InterruptedException {
        try {
            String token = token();
            JsonNode upload = call("POST", "/videos/upload/presigned-url", token, null);
            say.accept("Uploading " + video.getFileName() + " (" + Files.size(video) / 1024 + " KiB)");
            put(upload.path("video_url").asText(), video);
            ObjectNode webhook = Rest.JSON.createObjectNode();
            webhook.put("video_id", upload.path("video_id").asText());
            webhook.put("thumbnail_id", upload.path("thumbnail_id").asText());
            webhook.put("title", title(video));
            webhook.put("description", "Put through the platform by ./caravan.");
            long accepted = System.nanoTime();
            call("POST", "/videos/upload/webhook", token, webhook);
            int id = awaitReady(token, upload.path("video_id").asText());
            say.accept(String.format(
                    "Ready %.1f s after it was accepted. Watch it: %s/#/watch/%d",
                    (System.nanoTime() - accepted) / 1e9, rest.url(), id));
        } catch (IOException e) {
            throw new UsageException("The platform at " + rest.url() + " can't be reached: " + e.getMessage());
        }
    }

    private static String title(Path video) {
        String name = String.valueOf(video.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** All calls of a demo may be made twice: the second one has the outcome of the first. */
    private JsonNode call(String method, String path, @Nullable String token, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        long patient = System.nanoTime() + PATIENCE.toNanos();
        for (; ; ) {
            try {
                return rest.call(method, path, token, body);
            } catch (RefusedException e) {
                if (!e.isPassing() || System.nanoTime() > patient) {
                    throw e;
                }
                pause();
            }
        }
    }

    private String token() throws IOException, InterruptedException {
        Path file = data.resolve("demo-account.json");
        ObjectNode account = Rest.JSON.createObjectNode();
        if (Files.exists(file)) {
            account.setAll((ObjectNode) Rest.JSON.readTree(Files.readString(file)));
            try {
                return login(account);
            } catch (RefusedException e) {
                if (e.status() != 401) {
                    throw e;
                }
            }
        } else {
            account.put("name", "Caravan Demo");
            account.put("email", "demo-" + Secrets.random(4) + "@caravan.example");
            account.put("password", Secrets.random(12));
            OwnerOnly.write(file, account.toString());
        }
        try {
            return call("POST", "/auth/register", null, account).path("token").asText();
        } catch (RefusedException e) {
            if (e.status() != 409) {
                throw e;
            }
            return login(account);
        }
    }

    private String login(ObjectNode account) throws IOException, InterruptedException {
        return call("POST", "/auth/login", null, account.deepCopy().without("name"))
                .path("token")
                .asText();
    }

    private int awaitReady(String token, String videoId) throws IOException, InterruptedException {
        String shown = "";
        for (; ; ) {
            for (JsonNode video :
                    call("GET", "/videos/mine?size=100", token, null).path("videos")) {
                if (!videoId.equals(video.path("video_id").asText())) {
                    continue;
                }
                String state = video.path("state").asText();
                String bar = bar(state, video.path("progress").asInt());
                if (!bar.equals(shown)) {
                    shown = bar;
                    say.accept(bar);
                }
                if (state.equals("ready")) {
                    return video.path("id").asInt();
                } else if (state.equals("failed")) {
                    throw new UsageException(
                            "The video failed: " + video.path("failure").asText());
                }
            }
            pause();
        }
    }

    private void pause() throws InterruptedException {
        synchronized (this) {
            wait(STEP.toMillis());
        }
    }

    private static String bar(String state, int progress) {
        int full = progress * BAR / 100;
        return String.format("  [%s%s] %3d %%  %s", "#".repeat(full), ".".repeat(BAR - full), progress, state);
    }

    private void put(String target, Path video) throws IOException, InterruptedException {
        HttpResponse<String> answer = rest.http()
                .send(
                        HttpRequest.newBuilder(URI.create(target))
                                .PUT(HttpRequest.BodyPublishers.ofFile(video))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new UsageException(
                    "The object store refused the video: " + answer.statusCode() + " " + answer.body());
        }
    }
}
