package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From upload to playback. */
@ExtendWith(SharedPlatform.class)
class StoryIT {

    @Test
    void showsANewcomerADemoToWatch(PlatformProcess platform) {
        String line = platform.awaitLine("Watch it: ");
        int id = Integer.parseInt(line.substring(line.lastIndexOf('/') + 1));

        JsonNode demo = Client.anonymous(platform).get("/videos/" + id).data();

        assertThat(demo.at("/video/state").asText()).isEqualTo("ready");
        assertThat(demo.at("/video/duration").asInt()).isEqualTo(6);
        assertThat(platform.output).anyMatch(shown -> shown.contains("[####"));
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void takesAVideoFromUploadToPlayback(Platform platform) {
        Client ann = Client.registered(platform);
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        assertThat(Client.put(presigned.path("video_url").asText(), Clips.video(platform, 5, "640x360")))
                .isEqualTo(200);
        assertThat(Client.put(presigned.path("thumbnail_url").asText(), Clips.thumbnail(platform)))
                .isEqualTo(200);

        Client.Answer webhook = ann.announce(presigned, "A day at the lake", "Water and sun.");

        assertThat(webhook.status()).as(webhook.body()).isEqualTo(200);
        assertThat(webhook.json().toString()).isEqualTo("{\"message\":\"Success\",\"data\":{}}");
        JsonNode mine = ann.await("A day at the lake", "ready");
        assertThat(mine.path("progress").asInt()).isEqualTo(100);
        assertThat(mine.path("failure").isNull()).isTrue();
        assertThat(mine.path("resolution").asText()).isEqualTo("640x360");
        assertThat(mine.path("renditions")).hasSize(2);
        assertThat(mine.at("/user/name").asText()).isEqualTo("Ann Example");
        assertThat(fetch(mine.path("thumbnail_url").asText()).status()).isEqualTo(200);

        Client anyone = Client.anonymous(platform);
        JsonNode found = anyone.get("/videos?search=lake").data();
        assertThat(found.path("videos")).hasSize(1);
        JsonNode playback = anyone.get("/videos/" + mine.path("id").asInt()).data();
        assertPlayable(
                playback.path("manifest_url").asText(), playback.path("hls_url").asText());
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void takesAVideoInOneRequest(Platform platform) {
        Client ann = Client.registered(platform);
        byte[] clip = Clips.video(platform, 2, "320x180");
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        part(form, "video\"; filename=\"clip.mp4", clip);
        part(form, "title", "Whole form".getBytes(StandardCharsets.UTF_8));
        part(form, "description", "Fields after the file.".getBytes(StandardCharsets.UTF_8));
        form.writeBytes("--boundary--\r\n".getBytes(StandardCharsets.UTF_8));

        Client.Answer multipart =
                post(platform, ann, "/videos/upload", "multipart/form-data; boundary=boundary", form.toByteArray());
        Client.Answer raw =
                post(platform, ann, "/videos/upload?title=Raw%20body&description=All%20of%20it", "video/mp4", clip);

        assertThat(multipart.status()).as(multipart.body()).isEqualTo(201);
        assertThat(raw.status()).as(raw.body()).isEqualTo(201);
        assertThat(ann.await("Whole form", "ready").path("video_id").asText())
                .isEqualTo(multipart.data().path("video_id").asText());
        ann.await("Raw body", "ready");
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void keepsAVideoThatIsNotReadyToItsOwner(Platform platform) {
        Client ann = Client.registered(platform);
        ann.upload(truncated(Clips.video(platform, 3, "320x180")), "Cut off", "Half of it.");
        int id = ann.await("Cut off", "failed").path("id").asInt();

        assertThat(ann.get("/videos/" + id).status()).isEqualTo(200);
        assertThat(ann.get("/videos/" + id).data().path("manifest_url").asText())
                .isEmpty();
        assertThat(Client.anonymous(platform).get("/videos/" + id).status()).isEqualTo(404);
        assertThat(Client.registered(platform).get("/videos/" + id).status()).isEqualTo(404);
        assertThat(Client.anonymous(platform).get("/videos?search=Cut").data().path("videos"))
                .isEmpty();
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void endsWhatIsNoVideoWithAReasonAndGoesOnWithTheNext(Platform platform) throws IOException {
        Client ann = Client.registered(platform);
        byte[] good = Clips.video(platform, 2, "320x180");
        Map<String, byte[]> refusedAtOnce = Map.of(
                "text", "just words".repeat(100).getBytes(StandardCharsets.UTF_8),
                "zip", zipBomb(),
                "playlist", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8),
                "empty", new byte[0]);
        refusedAtOnce.forEach((name, bytes) -> {
            Client.Answer answer = ann.upload(bytes, "Hostile " + name, "No video.");
            assertThat(answer.status()).as(name + ": " + answer.body()).isEqualTo(400);
            assertThat(answer.data().path("errors").path("video_id")).as(name).isNotEmpty();
        });

        assertThat(ann.upload(truncated(good), "Truncated", "Half.").status()).isEqualTo(200);
        assertThat(ann.upload(headOnly(good), "Head only", "No picture.").status())
                .isEqualTo(200);
        assertThat(ann.upload(good, "Fine", "After the bad ones.").status()).isEqualTo(200);

        for (String title : List.of("Truncated", "Head only")) {
            JsonNode failed = ann.await(title, "failed");
            assertThat(failed.path("failure").asText())
                    .isNotBlank()
                    .endsWith(".")
                    .doesNotContain("Exception");
        }
        ann.await("Fine", "ready");
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void announcesAnUploadOnce(Platform platform) {
        Client ann = Client.registered(platform);
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        Client.put(presigned.path("video_url").asText(), Clips.video(platform, 2, "320x180"));

        assertThat(ann.announce(presigned, "Twice", "Told twice.").status()).isEqualTo(200);
        assertThat(ann.announce(presigned, "Twice", "Told twice.").status()).isEqualTo(200);
        ann.await("Twice", "ready");

        long count = 0;
        for (JsonNode video : ann.get("/videos/mine").data().path("videos")) {
            count += video.path("title").asText().equals("Twice") ? 1 : 0;
        }
        assertThat(count).isEqualTo(1);
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void refusesToAnnounceAVideoOfSomebodyElseOrOfNobody(Platform platform) {
        JsonNode annes = Client.registered(platform)
                .post("/videos/upload/presigned-url", null)
                .data();
        Client bob = Client.registered(platform);

        assertThat(bob.announce(annes, "Mine now", "Taken.").status()).isEqualTo(403);
        assertThat(bob.post(
                                "/videos/upload/webhook",
                                Map.of(
                                        "video_id",
                                        java.util.UUID.randomUUID().toString(),
                                        "thumbnail_id",
                                        java.util.UUID.randomUUID().toString(),
                                        "title",
                                        "T",
                                        "description",
                                        "D"))
                        .status())
                .isEqualTo(404);
        JsonNode bobs = bob.post("/videos/upload/presigned-url", null).data();
        Client.Answer early = bob.announce(bobs, "Early", "Nothing there yet.");
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.data().path("errors").path("video_id")).isNotEmpty();
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void knowsItsUsers(Platform platform) {
        Client ann = Client.register(platform, "Ann.Known@example.org", "secret-words");

        JsonNode profile = ann.get("/auth/profile").data().path("user");
        assertThat(profile.path("name").asText()).isEqualTo("Ann Example");
        assertThat(profile.path("image").isNull()).isTrue();
        assertThat(profile.path("created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");

        Client.Answer taken = Client.anonymous(platform)
                .post(
                        "/auth/register",
                        Map.of("name", "Other", "email", "ann.known@EXAMPLE.org", "password", "secret-words"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().path("message").asText()).isEqualTo("Conflict");

        assertThat(ann.call(
                                "PATCH",
                                "/auth/profile",
                                Map.of("name", "Ann Changed", "image", "https://example.org/a.png"))
                        .data()
                        .at("/user/image")
                        .asText())
                .isEqualTo("https://example.org/a.png");
        assertThat(ann.call(
                                "PUT",
                                "/auth/settings",
                                Map.of(
                                        "language",
                                        "de",
                                        "autoplay",
                                        false,
                                        "preferred_max_resolution",
                                        480,
                                        "email_notices",
                                        true))
                        .status())
                .isEqualTo(200);
        assertThat(ann.get("/auth/settings")
                        .data()
                        .at("/settings/preferred_max_resolution")
                        .asInt())
                .isEqualTo(480);

        assertThat(ann.call("PUT", "/auth/password", Map.of("current_password", "wrong", "new_password", "new-words"))
                        .status())
                .isEqualTo(400);
        assertThat(ann.call(
                                "PUT",
                                "/auth/password",
                                Map.of("current_password", "secret-words", "new_password", "new-words"))
                        .status())
                .isEqualTo(200);
        assertThat(login(platform, "ann.known@example.org", "secret-words").status())
                .isEqualTo(401);
        assertThat(login(platform, "ann.known@example.org", "new-words").status())
                .isEqualTo(200);
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void refusesATokenThatIsMissingBrokenOrRevoked(Platform platform) {
        Client ann = Client.registered(platform);
        String token = ann.token();
        String[] parts = token.split("\\.");
        String altered = parts[0] + "." + parts[1] + "." + new StringBuilder(parts[2]).reverse();

        for (String wrong : List.of("x", "a.b.c", altered, parts[0] + "." + parts[1] + ".")) {
            assertThat(ann.withToken(wrong).get("/auth/profile").status())
                    .as(wrong)
                    .isEqualTo(401);
        }
        assertThat(ann.withToken(null).get("/auth/profile").status()).isEqualTo(401);
        assertThat(ann.post("/auth/logout", null).json().toString()).isEqualTo("{\"message\":\"Success\",\"data\":{}}");
        assertThat(ann.get("/auth/profile").status()).isEqualTo(401);
        assertThat(ann.post("/auth/logout", null).status()).isEqualTo(401);
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void publishesTheKeysOfItsTokens(Platform platform) {
        JsonNode keys =
                Client.anonymous(platform).get("/.well-known/jwks.json").json().path("keys");

        assertThat(keys).isNotEmpty();
        assertThat(keys.get(0).has("d")).isFalse();
    }

    @Test
    @Tag(SharedPlatform.ANYWHERE)
    void saysThatAllServicesAreHealthy(Platform platform) {
        Client.Answer health = Client.anonymous(platform).get("/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.data().path("status").asText()).isEqualTo("healthy");
    }

    private static Client.Answer login(Platform platform, String email, String password) {
        return Client.anonymous(platform).post("/auth/login", Map.of("email", email, "password", password));
    }

    /** Signed manifests lead to signed segments; nothing unsigned, altered or of another folder is served. */
    static void assertPlayable(String manifestUrl, String hlsUrl) {
        Client.Answer mpd = fetch(manifestUrl);
        assertThat(mpd.status()).isEqualTo(200);
        Matcher template = Pattern.compile("initialization=\"([^\"]+)\"").matcher(mpd.body());
        assertThat(template.find()).isTrue();
        String init = template.group(1).replace("&amp;", "&").replace("$RepresentationID$", "0");
        URI segment = URI.create(manifestUrl).resolve(init);
        assertThat(fetch(segment.toString()).status()).as(segment.toString()).isEqualTo(200);
        String unsigned = segment.toString().replaceAll("\\?.*", "");
        assertThat(fetch(unsigned).status()).isEqualTo(403);
        assertThat(fetch(segment.toString().replace("Signature=", "Signature=A"))
                        .status())
                .isEqualTo(403);
        assertThat(fetch(segment.toString().replaceFirst("encoded-videos/[^/]+", "encoded-videos/other"))
                        .status())
                .isEqualTo(403);
        assertThat(fetch(manifestUrl.replaceAll("\\?.*", "")).status()).isEqualTo(403);

        Client.Answer master = fetch(hlsUrl);
        assertThat(master.status()).isEqualTo(200);
        String variant = master.body()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .findFirst()
                .orElseThrow();
        URI playlist = URI.create(hlsUrl).resolve(variant);
        String media = fetch(playlist.toString()).body();
        String first = media.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .findFirst()
                .orElseThrow();
        assertThat(fetch(playlist.resolve(first).toString()).status()).isEqualTo(200);
    }

    private static Client.Answer fetch(String url) {
        return Client.send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static Client.Answer post(Platform platform, Client client, String path, String type, byte[] body) {
        return Client.send(HttpRequest.newBuilder(URI.create(platform.url() + path))
                .header("Authorization", "Bearer " + client.token())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private static void part(ByteArrayOutputStream form, String name, byte[] content) {
        form.writeBytes(("--boundary\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] truncated(byte[] video) {
        return java.util.Arrays.copyOf(video, video.length / 2);
    }

    private static byte[] headOnly(byte[] video) {
        return java.util.Arrays.copyOf(video, 64);
    }

    private static byte[] zipBomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("video.mp4"));
            for (int i = 0; i < 64; i++) {
                zip.write(new byte[1 << 20]);
            }
        }
        return bytes.toByteArray();
    }
}
