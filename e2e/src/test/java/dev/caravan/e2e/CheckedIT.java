package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is served is what was checked, whoever holds the addresses that it was put to, and for how long. */
@ExtendWith(SharedPlatform.class)
@Tag(SharedPlatform.ANYWHERE)
class CheckedIT {

    private static final byte[] PAGE =
            "<script>alert(1)</script>".repeat(120_000).getBytes(StandardCharsets.UTF_8);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void servesThePictureThatWasCheckedWhateverIsPutInItsPlaceLater(Platform platform) throws Exception {
        Client ann = Client.registered(platform);
        String title = "Checked " + UUID.randomUUID();
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        String videoUrl = presigned.path("video_url").asText();
        String thumbnailUrl = presigned.path("thumbnail_url").asText();
        Client.put(videoUrl, Clips.video(platform, 2, "320x180"));
        Client.put(thumbnailUrl, photo(Clips.thumbnail(platform)));
        assertThat(ann.announce(presigned, title, "As it was.").status()).isEqualTo(200);
        JsonNode video = ann.await(title, "ready");
        String address = video.path("thumbnail_url").asText();
        byte[] picture = get(address).body();

        put(thumbnailUrl, PAGE);
        put(videoUrl, PAGE);

        HttpResponse<byte[]> served = get(address);
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.headers().firstValue("content-type")).hasValue("image/jpeg");
        assertThat(served.body()).isEqualTo(picture);
        // Upright, as EXIF says, and without it.
        assertThat(new String(picture, StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
        assertThat(video.at("/thumbnails/0/width").asInt()).isEqualTo(180);
        assertThat(video.at("/thumbnails/0/height").asInt()).isEqualTo(320);
        for (JsonNode size : video.path("thumbnails")) {
            HttpResponse<byte[]> answer = get(size.path("url").asText());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type"))
                    .hasValue(size.path("type").asText());
        }
        assertThat(Client.anonymous(platform)
                        .get("/videos/" + video.path("id").asInt())
                        .data()
                        .at("/video/state")
                        .asText())
                .isEqualTo("ready");
        // Neither by its own name nor by the signature of another.
        String query = address.substring(address.indexOf('?'));
        String edge = address.substring(0, address.indexOf("/encoded-videos/"));
        String uploaded = edge + "/thumbnails/" + presigned.path("thumbnail_id").asText();
        assertThat(get(uploaded).statusCode()).isEqualTo(403);
        assertThat(get(uploaded + query).statusCode()).isEqualTo(403);
    }

    /** The encoder may have fetched it by then or not; that step by step is tested where it fetches. */
    @Test
    void showsNothingButWhatWasCheckedWhenAnotherIsPutRightAfterTheCheck(Platform platform) throws Exception {
        Client ann = Client.registered(platform);
        byte[] other = Clips.video(platform, 2, "160x90");
        String title = "Replaced " + UUID.randomUUID();
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        Client.put(presigned.path("video_url").asText(), Clips.video(platform, 2, "320x180"));
        Client.put(presigned.path("thumbnail_url").asText(), photo(Clips.thumbnail(platform)));
        assertThat(ann.announce(presigned, title, "As it was.").status()).isEqualTo(200);

        put(presigned.path("video_url").asText(), other);
        put(presigned.path("thumbnail_url").asText(), PAGE);

        JsonNode video = ann.awaitAny(title, "ready", "failed");
        if (video.path("state").asText().equals("failed")) {
            assertThat(video.path("failure").asText()).isEqualTo("The uploaded file was changed after it was checked.");
        } else {
            assertThat(video.path("width").asInt()).isEqualTo(320);
            HttpResponse<byte[]> picture = get(video.path("thumbnail_url").asText());
            assertThat(picture.headers().firstValue("content-type")).hasValue("image/jpeg");
            assertThat(picture.body()).startsWith(0xff, 0xd8, 0xff);
        }
    }

    private HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void put(String url, byte[] page) throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "text/html")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(page))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /** As of a camera that was held on its side: an EXIF block with nothing but that. */
    private static byte[] photo(byte[] jpeg) {
        ByteArrayOutputStream photo = new ByteArrayOutputStream();
        photo.write(jpeg, 0, 2);
        photo.writeBytes(
                "\u00ff\u00e1\0\042Exif\0\0II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0006\0\0\0\0\0\0\0"
                        .getBytes(StandardCharsets.ISO_8859_1));
        photo.write(jpeg, 2, jpeg.length - 2);
        return photo.toByteArray();
    }
}
