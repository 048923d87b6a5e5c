package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Postman collection, by Postman's own runner, as anybody would run it. */
@Needs(Needs.Need.NEWMAN)
@ExtendWith(SharedPlatform.class)
class PostmanIT {

    @Test
    void runsWholeAndGreen(PlatformProcess platform, @TempDir Path folder) throws Exception {
        Files.write(folder.resolve("film.mp4"), Clips.video(platform, 2, "320x180"));
        Files.write(folder.resolve("picture.jpg"), Clips.thumbnail(platform));
        Path root = PlatformProcess.ROOT;
        Process newman = new ProcessBuilder(
                        "node",
                        root.resolve("e2e/postman/node_modules/newman/bin/newman.js")
                                .toString(),
                        "run",
                        root.resolve("docs/postman/caravan.postman_collection.json")
                                .toString(),
                        "--environment",
                        root.resolve("docs/postman/caravan.postman_environment.json")
                                .toString(),
                        "--env-var",
                        "baseUrl=" + platform.url(),
                        "--env-var",
                        "adminPassword=" + platform.adminPassword(),
                        "--working-dir",
                        folder.toString(),
                        "--color",
                        "off")
                .redirectErrorStream(true)
                .start();
        newman.getOutputStream().close();
        String said = new String(newman.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(newman.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("skipped");
    }
}
