package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Start, stop, kill, start again. */
@ExtendWith(SharedPlatform.class)
class LifecycleIT {

    @TempDir
    Path folder;

    @Test
    void refusesASecondRunOnTheSameData(PlatformProcess platform) throws Exception {
        assertRefused(PlatformProcess.launch(platform.data, PlatformProcess.freePort()), "Another Caravan runs on");
    }

    @Test
    void refusesAPortThatIsTaken(PlatformProcess platform) throws Exception {
        assertRefused(PlatformProcess.launch(folder.resolve("data"), platform.port), "Port " + platform.port);
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.25\" 2024-10-15' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder =
                new ProcessBuilder(PlatformProcess.ROOT.resolve("caravan").toString(), "up");
        builder.redirectErrorStream(true).environment().put("JAVA_HOME", folder.toString());

        Process process = builder.start();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("version 17 or newer")
                .hasLineCount(1);
    }

    @Test
    void opensNothingButWhatItSaysAndOnlyOnLoopback(PlatformProcess platform) throws Exception {
        String said = String.join("\n", platform.output);
        for (String socket : listening(platform)) {
            assertThat(socket).matches("(127\\.0\\.0\\.1|\\[::1\\]|\\[::ffff:127\\.0\\.0\\.1\\]):\\d+");
            assertThat(said).contains(socket.substring(socket.lastIndexOf(':')));
        }
        assertThat(listening(platform)).hasSizeGreaterThan(10);
    }

    @Test
    void keepsEverythingThroughAStopInTheMiddleOfAnEncodeAndThroughAKill() throws Exception {
        Path data = Path.of("target/e2e/kept").toAbsolutePath();
        SharedPlatform.delete(data);
        SharedPlatform.delete(Path.of(data + "-routes"));
        int port = PlatformProcess.freePort();
        String email = "kept@example.org";
        try (PlatformProcess first = PlatformProcess.start(data, port, "--no-demo")) {
            Client ann = Client.register(first, email, "secret-words");
            ann.upload(Clips.video(first, 2, "320x180"), "Before", "Ready before the stop.");
            ann.await("Before", "ready");
            ann.upload(Clips.video(first, 150, "854x480"), "Interrupted", "Encoding when the platform stops.");
            awaitEncoding(ann, "Interrupted");
            assertThat(first.children()).anyMatch(child -> command(child).contains("ffmpeg"));
        }

        PlatformProcess second = PlatformProcess.start(data, port, "--no-demo");
        try {
            Client ann = Client.login(second, email, "secret-words");
            assertThat(ann.await("Before", "ready").path("progress").asInt()).isEqualTo(100);
            awaitEncoding(ann, "Interrupted");
            List<ProcessHandle> children = second.children();
            second.process
                    .descendants()
                    .filter(child -> command(child).contains("dev.caravan"))
                    .forEach(ProcessHandle::destroyForcibly);
            second.process.destroyForcibly();
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(children)
                    .filteredOn(ProcessHandle::isAlive)
                    .allMatch(child -> command(child).contains("postgres")));
        } finally {
            second.process.destroyForcibly();
        }

        try (PlatformProcess third = PlatformProcess.start(data, port, "--no-demo")) {
            Client ann = Client.login(third, email, "secret-words");
            JsonNode before = ann.await("Before", "ready");
            assertThat(Client.anonymous(third)
                            .get("/videos/" + before.path("id").asInt())
                            .status())
                    .isEqualTo(200);
            ann.await("Interrupted", "ready");
        }
    }

    private static void awaitEncoding(Client client, String title) {
        await("'" + title + "' is being encoded").atMost(Duration.ofSeconds(60)).until(() -> {
            for (JsonNode video : client.get("/videos/mine").data().path("videos")) {
                if (video.path("title").asText().equals(title)
                        && List.of("encoding", "playable")
                                .contains(video.path("state").asText())
                        && video.path("progress").asInt() > 0) {
                    return true;
                }
            }
            return false;
        });
    }

    private static void assertRefused(PlatformProcess platform, String reason) throws Exception {
        try {
            assertThat(platform.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(platform.process.exitValue()).isNotZero();
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(platform.output)
                    .singleElement()
                    .asString()
                    .contains(reason));
        } finally {
            platform.process.destroyForcibly();
        }
    }

    private static String command(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    /** Sockets that the platform's processes listen on. */
    private static List<String> listening(PlatformProcess platform) throws IOException {
        List<String> pids = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(platform.process.toHandle()), platform.process.descendants())
                .map(process -> "pid=" + process.pid() + ",")
                .toList();
        Process ss =
                new ProcessBuilder("ss", "-ltnpH").redirectErrorStream(true).start();
        return new String(ss.getInputStream().readAllBytes())
                .lines()
                .filter(line -> pids.stream().anyMatch(line::contains))
                .map(line -> line.trim().split("\\s+")[3])
                .toList();
    }
}
