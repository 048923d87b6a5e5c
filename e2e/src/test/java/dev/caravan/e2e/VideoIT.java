package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an owner and an administrator do with a video afterwards. */
@ExtendWith(SharedPlatform.class)
class VideoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void leavesNothingOfADeletedVideo(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        Client.put(presigned.path("video_url").asText(), Clips.video(platform, 2, "320x180"));
        Client.put(presigned.path("thumbnail_url").asText(), Clips.thumbnail(platform));
        ann.announce(presigned, "Regretted", "To be deleted.");
        JsonNode video = ann.await("Regretted", "ready");
        String path = "/videos/" + video.path("id").asInt();
        String manifest = ann.get(path).data().path("manifest_url").asText();
        assertThat(status(manifest)).isEqualTo(200);
        String raw = presigned.path("video_id").asText();
        String thumbnail = presigned.path("thumbnail_id").asText();
        assertThat(objects(platform, raw, thumbnail))
                .anyMatch(object -> object.startsWith("raw-videos"))
                .anyMatch(object -> object.startsWith("thumbnails"))
                .anyMatch(object -> object.startsWith("encoded-videos"));

        assertThat(ann.call("DELETE", path + "?permanently=true", null).status())
                .isEqualTo(200);

        assertThat(ann.get(path).status()).isEqualTo(404);
        assertThat(Client.admin(platform).get(path).status()).isEqualTo(404);
        assertThat(ann.get("/videos/mine").data().path("videos")).isEmpty();
        assertThat(status(manifest)).isBetween(400, 499);
        await("its objects are gone").atMost(PATIENCE).untilAsserted(() -> assertThat(objects(platform, raw, thumbnail))
                .isEmpty());
        assertThat(ann.call("DELETE", path + "?permanently=true", null).status())
                .isEqualTo(404);
    }

    @Test
    void showsAVideoThatWasUploadedAsPrivateToItsOwnerAlone(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        Client.put(presigned.path("video_url").asText(), Clips.video(platform, 2, "320x180"));
        ObjectNode announcement = Client.JSON
                .createObjectNode()
                .put("video_id", presigned.path("video_id").asText())
                .put("thumbnail_id", presigned.path("thumbnail_id").asText())
                .put("title", "Confidential zither")
                .put("description", "For nobody else.")
                .put("visibility", "private");
        assertThat(ann.post("/videos/upload/webhook", announcement).status()).isEqualTo(200);

        String path = "/videos/"
                + ann.await("Confidential zither", "ready").path("id").asInt();

        assertThat(status(ann.get(path).data().path("manifest_url").asText())).isEqualTo(200);
        assertThat(Client.anonymous(platform).get(path).status()).isEqualTo(404);
        assertThat(Client.registered(platform).get(path).status()).isEqualTo(404);
        assertThat(Client.anonymous(platform)
                        .get("/videos?search=zither")
                        .data()
                        .path("videos"))
                .isEmpty();
    }

    @Test
    void showsCaptionsInBothManifestsUntilTheVideoIsInTheTrash(PlatformProcess platform) throws Exception {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 3, "320x180"), "Spoken", "With captions.");
        String path = "/videos/" + ann.await("Spoken", "ready").path("id").asInt();
        String srt = "1\n00:00:00,500 --> 00:00:02,000\nThe <i>axolotl</i> & I\n";

        assertThat(ann.call("PUT", path + "/captions/en?default=true", srt).status())
                .isEqualTo(200);
        assertThat(Client.registered(platform)
                        .call("PUT", path + "/captions/en", srt)
                        .status())
                .isEqualTo(403);
        assertThat(ann.call(
                                "PUT",
                                path + "/chapters",
                                Map.of("chapters", List.of(Map.of("seconds", 1, "title", "One"))))
                        .status())
                .isEqualTo(200);

        Client anyone = Client.anonymous(platform);
        JsonNode playback = anyone.get(path).data();
        assertThat(playback.at("/captions/0/label").asText()).isEqualTo("English");
        assertThat(playback.at("/chapters/0/title").asText()).isEqualTo("One");
        String expected = "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nThe <i>axolotl</i> &amp; I\n\n";
        assertThat(anyone.get(path + "/captions/en").body()).isEqualTo(expected);
        assertThat(text(playback.at("/captions/0/url").asText())).isEqualTo(expected);
        String hls = playback.path("hls_url").asText();
        Matcher playlist = Pattern.compile("TYPE=SUBTITLES.*URI=\"([^\"]+)\"").matcher(text(hls));
        assertThat(playlist.find()).isTrue();
        String segments = URI.create(hls).resolve(playlist.group(1)).toString();
        String file = text(segments)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
        String url = URI.create(segments).resolve(file).toString();
        assertThat(text(url)).isEqualTo(expected);
        assertThat(status(url.substring(0, url.indexOf('?')))).isEqualTo(403);
        assertThat(text(playback.path("manifest_url").asText()))
                .contains("lang=\"en\"")
                .contains("captions-en.vtt?");
        assertThat(anyone.get("/videos?search=axolotl")
                        .data()
                        .at("/videos/0/title")
                        .asText())
                .isEqualTo("Spoken");

        assertThat(ann.call("DELETE", path, null).status()).isEqualTo(200);
        assertThat(status(url)).isEqualTo(404);
        assertThat(anyone.get(path + "/captions/en").status()).isEqualTo(404);
    }

    @Test
    void showsTheMomentOfTheVideoThatItsOwnerChooses(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 3, "320x180"), "Pictured", "With a picture of its own.");
        String path = "/videos/" + ann.await("Pictured", "ready").path("id").asInt();
        String before = picture(ann, path);

        assertThat(Client.registered(platform)
                        .call("PUT", path + "/thumbnail?second=2", null)
                        .status())
                .isEqualTo(403);
        assertThat(ann.call("PUT", path + "/thumbnail?second=3000", null).body())
                .contains("where the video ends");
        assertThat(ann.call("PUT", path + "/thumbnail?second=2", null).status()).isEqualTo(202);

        await("the picture").atMost(PATIENCE).until(() -> !picture(ann, path).equals(before));
        assertThat(picture(ann, path)).contains("/picture-1-");
        assertThat(status(ann.get(path).data().at("/video/thumbnail_url").asText()))
                .isEqualTo(200);
    }

    @Test
    void letsAVideoBeDownloadedAsItsOwnerAllows(PlatformProcess platform) throws Exception {
        Client ann = Client.registered(platform);
        Client anyone = Client.anonymous(platform);
        byte[] uploaded = Clips.video(platform, 3, "640x360");
        String title = "Ann's film: \"Ü\"";
        ann.upload(uploaded, title, "To be taken along.");
        String path = "/videos/" + ann.await(title, "ready").path("id").asInt();
        assertThat(anyone.get(path + "/downloads").status()).isEqualTo(403);
        assertThat(Client.registered(platform)
                        .call("PATCH", path, Map.of("downloads", "source"))
                        .status())
                .isEqualTo(403);

        assertThat(ann.call("PATCH", path, Map.of("downloads", "source")).status())
                .isEqualTo(200);

        assertThat(anyone.get(path + "/downloads").data().path("downloads").asText())
                .isEqualTo("source");
        JsonNode files = await("the files")
                .atMost(PATIENCE)
                .until(
                        () -> anyone.get(path + "/downloads").data(),
                        found -> found.path("state").asText().equals("ready"))
                .path("files");
        assertThat(files).extracting(file -> file.path("rendition").asText()).containsExactly("360p", "240p", "source");
        HttpResponse<byte[]> film = download(files.get(0).path("url").asText());
        assertThat(film.statusCode()).isEqualTo(200);
        assertThat(film.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .endsWith("''Ann%27s%20film%20%C3%9C%20360p.mp4");
        assertThat(film.body()).hasSize(files.get(0).path("size").asInt());
        Path file = Files.write(Files.createTempFile(Path.of("target"), "film", ".mp4"), film.body());
        assertThat(Clips.say(
                                platform,
                                "ffprobe",
                                "-show_entries",
                                "stream=codec_type,height",
                                "-of",
                                "csv=p=0",
                                file.toString())
                        .lines())
                .containsExactly("video,360", "audio");
        Files.delete(file);
        assertThat(download(files.get(2).path("url").asText()).body()).isEqualTo(uploaded);
        Client.Answer lasting = anyone.get(path + "/downloads/360p");
        assertThat(lasting.status()).isEqualTo(302);

        assertThat(ann.call("PATCH", path, Map.of("downloads", "none", "visibility", "private"))
                        .status())
                .isEqualTo(200);
        assertThat(ann.get(path + "/downloads").status()).isEqualTo(403);
        assertThat(ann.get(path + "/downloads/360p").status()).isEqualTo(403);
        assertThat(anyone.get(path + "/downloads").status()).isEqualTo(404);
    }

    private static HttpResponse<byte[]> download(String url) throws IOException, InterruptedException {
        return Client.HTTP.send(
                HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Without its signature, which is always another. */
    private static String picture(Client client, String path) {
        return client.get(path).data().at("/video/thumbnail_url").asText().replaceAll("\\?.*", "");
    }

    private static String text(String url) {
        return Client.send(HttpRequest.newBuilder(URI.create(url)).build()).body();
    }

    @Test
    void endsACancelledEncodingAndEncodesItAfterAllForAnAdministrator(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 30, "854x480"), "Second thoughts", "Cancelled, and wanted after all.");
        JsonNode begun = awaitEncoding(ann, "Second thoughts");
        String path = "/videos/" + begun.path("id").asInt();
        // Between two groups of renditions nothing runs for a moment.
        await("its ffmpeg runs").atMost(PATIENCE).until(() -> isWorkedAt(platform, begun));

        Map<String, Object> urgent = Map.of("priority", 80);
        assertThat(ann.call("PUT", path + "/priority", urgent).status()).isEqualTo(403);
        assertThat(Client.admin(platform)
                        .call("PUT", path + "/priority", urgent)
                        .status())
                .isEqualTo(200);

        assertThat(ann.post(path + "/cancel", null).status()).isEqualTo(200);

        JsonNode cancelled = ann.await("Second thoughts", "failed");
        assertThat(cancelled.path("failure").asText()).isEqualTo("The encoding was cancelled.");
        assertThat(Client.anonymous(platform).get(path).status()).isEqualTo(404);
        assertThat(ann.post(path + "/cancel", null).status()).isEqualTo(400);
        assertThat(attempts(ann, path)).containsExactly("cancelled");
        assertThat(Client.admin(platform)
                        .call("PUT", path + "/priority", urgent)
                        .status())
                .isEqualTo(400);
        await("its ffmpeg is killed").atMost(PATIENCE).until(() -> !isWorkedAt(platform, begun));

        assertThat(ann.post(path + "/reencode", null).status()).isEqualTo(403);
        assertThat(Client.admin(platform).post(path + "/reencode", null).status())
                .isEqualTo(200);

        await("it is taken up again")
                .atMost(PATIENCE)
                .until(() -> attempts(ann, path).size() == 2);
        awaitState(ann, "Second thoughts", "ready");
        assertThat(attempts(ann, path)).containsExactly("cancelled", "succeeded");
        assertThat(priority(Client.admin(platform), path).asInt()).isEqualTo(80);
        assertThat(priority(ann, path).isNull()).isTrue();
        assertThat(status(Client.anonymous(platform)
                        .get(path)
                        .data()
                        .path("manifest_url")
                        .asText()))
                .isEqualTo(200);
    }

    private static JsonNode priority(Client client, String path) {
        return client.get(path + "/encoding").data().at("/encoding/priority");
    }

    @Test
    void keepsAVideoWatchableWhileItIsEncodedAgain(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 3, "320x180"), "Evergreen", "Encoded twice.");
        String path = "/videos/" + ann.await("Evergreen", "ready").path("id").asInt();
        Client anyone = Client.anonymous(platform);
        String first = anyone.get(path).data().path("manifest_url").asText();

        assertThat(Client.admin(platform).post(path + "/reencode", null).status())
                .isEqualTo(200);

        await("it is encoded again")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    JsonNode video = anyone.get(path).data();
                    assertThat(video.at("/video/state").asText()).isEqualTo("ready");
                    return !folder(video.path("manifest_url").asText()).equals(folder(first));
                });
        String second = anyone.get(path).data().path("manifest_url").asText();
        assertThat(status(second)).isEqualTo(200);
        assertThat(status(first)).as("for whoever is watching").isEqualTo(200);
        assertThat(attempts(ann, path)).containsExactly("succeeded", "succeeded");
    }

    private static JsonNode awaitEncoding(Client client, String title) {
        return await("'" + title + "' is being encoded")
                .atMost(PATIENCE)
                .until(
                        () -> find(client, title),
                        video -> List.of("encoding", "playable")
                                        .contains(video.path("state").asText())
                                && video.path("progress").asInt() > 0);
    }

    /** Unlike {@link Client#await}, whatever it was before. */
    private static void awaitState(Client client, String title, String state) {
        await("'" + title + "' is " + state)
                .atMost(PATIENCE.multipliedBy(2))
                .until(() -> find(client, title).path("state").asText(), state::equals);
    }

    private static JsonNode find(Client client, String title) {
        for (JsonNode video : client.get("/videos/mine").data().path("videos")) {
            if (video.path("title").asText().equals(title)) {
                return video;
            }
        }
        return Client.JSON.missingNode();
    }

    /** Whether a process of the platform has this video's id on its command line. */
    private static boolean isWorkedAt(PlatformProcess platform, JsonNode video) {
        return platform.children().stream().anyMatch(child -> child.info()
                .commandLine()
                .orElse("")
                .contains(video.path("video_id").asText()));
    }

    private static List<String> attempts(Client client, String path) {
        return client.get(path + "/encoding").data().at("/encoding/attempts").findValuesAsText("outcome");
    }

    /** Of the attempt that a manifest is of. */
    private static String folder(String manifest) {
        String path = URI.create(manifest).getPath();
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static int status(String url) {
        return Client.send(HttpRequest.newBuilder(URI.create(url)).build()).status();
    }

    /** The keys in the object store that are of these ids. */
    private static List<String> objects(PlatformProcess platform, String... ids) {
        Path bucket = platform.data.resolve("s3/objects/caravan");
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .filter(key -> Stream.of(ids).anyMatch(key::contains))
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            // Some of them went while they were listed.
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
