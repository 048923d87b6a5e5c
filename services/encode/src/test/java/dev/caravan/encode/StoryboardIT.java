package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A video shows its moments before anyone goes there, and is ready when it can't. */
class StoryboardIT extends EncodeTestBase {

    private static final String X264 = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p ";

    /** What brightness may be off by, after two codecs. */
    private static final int OFF = 6;

    @TempDir
    private Path folder;

    @Test
    void showsTheMomentsOfAVideoInTheirPlacesAndSaysWhichAreWhere() throws Exception {
        // The brightness says which second it is.
        Path clip = clips.make("-f lavfi -i color=black:s=320x180:r=5:d=41.4,geq=lum='16+5*floor(T)':cb=128:cr=128"
                + " -f lavfi -i sine=d=41.4" + X264 + "-c:a aac moments.mp4");
        try (ConfigurableApplicationContext worker = start(servers.properties("story"))) {
            JsonNode data = encoded("story", "moments", clip);
            upload("upright", clips.make("-f lavfi -i testsrc2=s=180x320:r=25:d=5" + X264 + "upright.mp4"));
            bus.send(Servers.jobs("story"), Messages.uploaded("upright", ""));
            bus.outcome("upright");

            assertThat(data.path("storyboard").asText()).isEqualTo("storyboard.vtt");
            assertThat(data.path("warnings")).isEmpty();
            BufferedImage sheet = sheet("moments");
            assertThat(sheet.getWidth()).isEqualTo(1600);
            assertThat(sheet.getHeight()).isEqualTo(180);
            double interval = data.path("duration_ms").asDouble() / 1000 / 20;
            for (int tile = 0; tile < 20; tile++) {
                int keyframe = (int) ((tile + 0.5) * interval / 2) * 2;
                int grey = sheet.getRGB(tile % 10 * 160 + 80, tile / 10 * 90 + 45) & 0xff;
                assertThat(grey).as("tile %d", tile).isCloseTo(5 * keyframe * 255 / 219, within(OFF));
            }
            assertThat(text("moments", "storyboard.vtt"))
                    .startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:02.07")
                    .contains("\nstoryboard.jpg#xywh=0,0,160,90\n", "\nstoryboard.jpg#xywh=160,0,160,90\n")
                    .endsWith("\nstoryboard.jpg#xywh=1440,90,160,90\n");
            assertThat(text("moments", "master.mpd"))
                    .contains(
                            "mimeType=\"image/jpeg\"", "value=\"10x2\"", "width=\"1600\"", "media=\"storyboard.jpg\"");
            assertThat(sheet("upright").getWidth()).isEqualTo(2 * 90);
            assertThat(sheet("upright").getHeight()).isEqualTo(160);
            assertThat(worker.isActive()).isTrue();
        }
    }

    @Test
    void makesNoneOfSoundAloneWhosePictureStands() throws Exception {
        try (ConfigurableApplicationContext worker = start(servers.properties("sound"))) {
            JsonNode data = encoded("sound", "song", clips.make("-f lavfi -i sine=d=5 song.mp3"));

            assertThat(data.has("storyboard")).isFalse();
            assertThat(data.path("warnings")).isEmpty();
            assertThat(stored("song")).noneMatch(name -> name.contains("storyboard"));
            assertThat(worker.isActive()).isTrue();
        }
    }

    /** Also for versions of ffmpeg that are content with nothing, and where nothing of it is let run. */
    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "exit 0", "exit 126"})
    void isReadyWithoutOneAndSaysSoWhenItCannotBeMade(String failure) throws Exception {
        Path script = Files.writeString(
                folder.resolve("ffmpeg"),
                "#!/bin/sh\ncase \" $* \" in *tile=*) " + failure + " ;; esac\nexec " + ffmpeg().ffmpeg()
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        String platform = failure.replace(" ", "");
        Map<String, String> properties = servers.properties(platform);
        properties.put("encode.ffmpeg", script.toString());
        // A jail has no shell.
        properties.put("encode.jail", "off");
        try (ConfigurableApplicationContext worker = start(properties)) {
            JsonNode data = encoded(platform, platform, small());

            assertThat(data.has("storyboard")).isFalse();
            assertThat(data.path("warnings"))
                    .extracting(JsonNode::asText)
                    .containsExactly("The storyboard could not be made; the player shows no previews.");
            assertThat(stored(platform)).noneMatch(name -> name.contains("storyboard"));
            assertThat(text(platform, "master.mpd")).doesNotContain("image/");
            assertThat(outcomes(worker, platform)).containsExactly("succeeded");
        }
    }

    private JsonNode encoded(String platform, String id, Path clip) {
        upload(id, clip);
        bus.send(Servers.jobs(platform), Messages.uploaded(id, ""));
        JsonNode event = bus.outcome(id);
        assertThat(key(event)).as("%s", event).isEqualTo("VideoEncodingCompleted");
        return event.path("data");
    }

    private BufferedImage sheet(String id) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes(id, "storyboard.jpg")));
    }

    private String text(String id, String name) {
        return new String(bytes(id, name), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String id, String name) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key("encoded-videos/" + id + "/1/" + name))
                .asByteArray();
    }
}
