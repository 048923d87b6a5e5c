package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An engineer who has docs/sources.md and a running platform. */
@ExtendWith(SharedPlatform.class)
class SourcesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    @Test
    void publishesVideosOfAnSftpServerBySavingOneFile(PlatformProcess platform) throws Exception {
        Path outgoing = Files.createDirectories(folder.resolve("outgoing"));
        Files.write(outgoing.resolve("From a partner.mp4"), Clips.video(platform, 2, "320x180"));
        Files.writeString(outgoing.resolve("From a partner.json"), "{\"visibility\": \"unlisted\"}");
        Files.writeString(outgoing.resolve("notes.txt"), "no video");
        Client admin = Client.admin(platform);
        Path sources = platform.routes.resolve("connectors/sources");
        Path missing = sources.resolve("connectors-missing.yaml");
        Path source = sources.resolve("connectors-sftp.yaml");
        try (SshServer sftp = sftp()) {
            Files.writeString(
                    missing,
                    example()
                            .replace("connectors-sftp", "connectors-missing")
                            .replace("sftp:", "mllp:")
                            .replace("{{sftp.password}}", "secret"));
            Files.writeString(
                    source,
                    example()
                            .replace("videos.example.com:22", "127.0.0.1:" + sftp.getPort())
                            .replace(
                                    "/srv/known_hosts",
                                    folder.resolve("known_hosts").toString())
                            .replace("{{sftp.password}}", "secret"));

            await().atMost(PATIENCE).until(() -> isIn(outgoing.resolve(".taken"), "From a partner.mp4"));
            await().atMost(PATIENCE).until(() -> isIn(outgoing.resolve(".refused"), "notes.txt.reason.txt"));
            assertThat(in(outgoing.resolve(".refused"), "notes.txt.reason.txt"))
                    .hasContent("What it holds is no video.");
            await().atMost(PATIENCE)
                    .until(() -> "ready".equals(video(admin).path("state").asText()));
            assertThat(video(admin).path("visibility").asText()).isEqualTo("unlisted");
            assertThat(platform.output)
                    .anyMatch(line -> line.contains("Live: connectors/sources/connectors-sftp.yaml"))
                    .anyMatch(line -> line.contains("Not live: connectors/sources/connectors-missing.yaml")
                            && line.contains("there is no component `mllp` here: ./caravan add mllp"));
        } finally {
            Files.deleteIfExists(source);
            Files.deleteIfExists(missing);
        }
        await().atMost(PATIENCE).until(() -> platform.log().contains("The connectors service has ended"));
    }

    private static boolean isIn(Path folder, String name) throws IOException {
        return in(folder, name) != null;
    }

    private static Path in(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (Stream<Path> files = Files.find(
                folder, 2, (file, attributes) -> file.getFileName().toString().equals(name))) {
            return files.findFirst().orElse(null);
        }
    }

    private static JsonNode video(Client owner) {
        for (JsonNode video : owner.get("/videos/mine").data().path("videos")) {
            if (video.path("title").asText().equals("From a partner")) {
                return video;
            }
        }
        return Client.JSON.createObjectNode();
    }

    /** As the document has it. */
    private static String example() throws IOException {
        Matcher block = Pattern.compile("```yaml\\n(- route:\\n    id: connectors-sftp\\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/sources.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private SshServer sftp() throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(folder.resolve("host-key"));
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator(
                (user, password, session) -> user.equals("partner") && password.equals("secret"));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.start();
        PublicKey key = keys.loadKeys(null).iterator().next().getPublic();
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n");
        return server;
    }
}
