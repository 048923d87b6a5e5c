package dev.caravan.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.ObjectStoreServer;
import dev.caravan.proto.upload.DescribeSourceFileRequest;
import dev.caravan.proto.upload.ReportSourceFileRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The sources of docs/sources.md, word for word, saved while the service runs, before real servers. */
@SpringBootTest(
        classes = ConnectorsApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,connectors",
            "spring.application.name=connectors",
            "caravan.production=false",
            "connectors.owner=ann@example.com",
            "connectors.send-timeout=5000",
            "sftp.password=secret+&%",
            "partner.access-key=partner",
            "partner.secret-key=partner+secret"
        })
@ExtendWith(OutputCaptureExtension.class)
class SourcesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Path ROOT = root();

    @TempDir
    static Path folder;

    private static PlatformStub platform;
    private static SshServer sftp;
    private static ObjectStoreServer store;
    private static S3Client s3;

    @Autowired
    private CamelContext context;

    @BeforeAll
    static void begin() throws IOException {
        platform = new PlatformStub();
        sftp = sftp();
        store = ObjectStoreServer.start(folder.resolve("s3"), FreePorts.pick(), "partner", "partner+secret");
        store.createBucket("partner-videos");
        s3 = S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("partner", "partner+secret")))
                .build();
        for (String name : List.of("shared", "connectors")) {
            copy(ROOT.resolve("routes").resolve(name), folder.resolve("routes").resolve(name));
        }
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
        sftp.stop(true);
        s3.close();
        store.close();
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("caravan.routes", () -> "file:" + folder.resolve("routes"));
        registry.add("user.address", platform::grpcAddress);
        registry.add("upload.address", platform::grpcAddress);
        registry.add("upload.http-address", platform::httpAddress);
    }

    @BeforeEach
    void reset() {
        platform.reset();
    }

    @AfterEach
    void endSources() throws IOException {
        try (Stream<Path> sources = Files.list(folder.resolve("routes/connectors/sources"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Files.delete(source);
            }
        }
        await().atMost(PATIENCE).until(() -> context.getRoutes().stream()
                .noneMatch(route -> route.getSourceResource().getLocation().contains("/sources/")));
    }

    @Test
    void hasTheRoutesThatASourceSendsTo() {
        assertThat(context.getRoutes().stream().map(Route::getId))
                .contains(
                        "connectors-ingest",
                        "connectors-find-owner",
                        "connectors-take-up",
                        "connectors-take",
                        "connectors-send",
                        "connectors-describe",
                        "connectors-refuse",
                        "connectors-put-off",
                        "connectors-keep-private",
                        "connectors-report-put-off");
    }

    @Test
    void publishesWhatIsPutIntoAFolder() throws IOException {
        Path inbox = inbox();
        byte[] video = video(3_000_000);
        Files.writeString(inbox.resolve("a day.json"), "{\"title\": \"A day out\", \"visibility\": \"unlisted\"}");
        Files.write(inbox.resolve("a day.mp4"), video);
        save("connectors-folder", inbox);

        await().atMost(PATIENCE).until(() -> isIn(inbox.resolve(".taken"), "a day.mp4"));
        assertThat(platform.bytes("a day.mp4")).isEqualTo(video);
        assertThat(platform.files.get("a day.mp4").request.getSource()).isEqualTo("connectors-folder");
        assertThat(isIn(inbox.resolve(".taken"), "a day.json")).isTrue();
        assertThat(platform.texts).singleElement().satisfies(text -> {
            assertThat(text.getAddress()).isEqualTo("a day.json");
            assertThat(text.getTitle()).isEqualTo("A day out");
            assertThat(text.getVisibility()).isEqualTo("unlisted");
        });
        assertThat(platform.files).containsOnlyKeys("a day.mp4");
        assertThat(platform.reports).isEmpty();
    }

    @Test
    void setsAsideWhatIsRefusedWithTheReason(CapturedOutput output) throws IOException {
        Path inbox = inbox();
        platform.status = 400;
        platform.problem = "{\"type\": \"urn:caravan:problem:invalid-fields\", \"status\": 400, \"detail\": \"Look\","
                + " \"data\": {\"errors\": {\"video_id\": [\"video_id does not name a video\"]}}}";
        Files.writeString(inbox.resolve("a.mp4"), "no video");
        save("connectors-folder", inbox);

        await().atMost(PATIENCE)
                .until(() -> isIn(inbox.resolve(".refused"), "a.mp4")
                        && isIn(inbox.resolve(".refused"), "a.mp4.reason.txt"));
        assertThat(in(inbox.resolve(".refused"), "a.mp4.reason.txt")).hasContent("What it holds is no video.");
        assertThat(platform.reports).singleElement().satisfies(report -> {
            assertThat(report.getRefused()).isTrue();
            assertThat(report.getReason()).isEqualTo("What it holds is no video.");
        });
        assertThat(output).contains("Refused: a.mp4 of connectors-folder: What it holds is no video.");
    }

    @Test
    void refusesTheSameAgainWithoutSendingIt() throws IOException {
        Path inbox = inbox();
        Path file = Files.writeString(inbox.resolve("a.mp4"), "no video");
        platform.status = 400;
        platform.problem = "{\"data\": {\"errors\": {\"video\": [\"video is not a video\"]}}}";
        save("connectors-folder", inbox);
        await().atMost(PATIENCE).until(() -> isIn(inbox.resolve(".refused"), "a.mp4"));
        Files.move(in(inbox.resolve(".refused"), "a.mp4"), file);

        await().atMost(PATIENCE).until(() -> platform.reports.size() == 2 && !Files.exists(file));
        assertThat(platform.files.get("a.mp4").offsets).hasSize(1);
    }

    @Test
    void goesOnWhereItWasCutOff(CapturedOutput output) throws IOException {
        Path inbox = inbox();
        byte[] video = video(3_000_000);
        platform.cutAfter = 1_000_000;
        Files.write(inbox.resolve("a.mp4"), video);
        save("connectors-folder", inbox);

        await().atMost(PATIENCE).until(() -> isIn(inbox.resolve(".taken"), "a.mp4"));
        assertThat(platform.bytes("a.mp4")).isEqualTo(video);
        assertThat(platform.files.get("a.mp4").offsets).containsExactly(0L, 1_000_000L);
        assertThat(platform.reports)
                .singleElement()
                .returns(false, ReportSourceFileRequest::getRefused)
                .returns("FILE_NOT_SENT", ReportSourceFileRequest::getCode);
        assertThat(output)
                .contains("Put off: a.mp4 of connectors-folder: ")
                .doesNotContain("Exception: ")
                .doesNotContain("\tat ");
    }

    @Test
    void putsOffWhatEndsBeforeItsEnd(CapturedOutput output) {
        Exchange answer = context.createProducerTemplate().send("direct:connectors-ingest", exchange -> {
            exchange.getMessage().setHeader("address", "x.mp4");
            exchange.getMessage().setHeader("etag", "1");
            exchange.getMessage().setHeader("size", 1000);
            exchange.getMessage().setBody(new ByteArrayInputStream(video(10)));
        });

        assertThat(answer.getException()).hasMessage("x.mp4: Of 1000 bytes the source sent 10 so far.");
        assertThat(answer.getProperty("outcome")).isNull();
        assertThat(platform.reports).singleElement().returns(false, ReportSourceFileRequest::getRefused);
    }

    @Test
    void putsOffWhatAStoreOrAPauseHasRefused() throws IOException {
        Path inbox = inbox();
        platform.status = 400;
        platform.problem = "{\"type\": \"urn:caravan:problem:upload-incomplete\", \"detail\": \"It broke off.\"}";
        Files.write(inbox.resolve("a.mp4"), video(1000));
        save("connectors-folder", inbox);
        await().atMost(PATIENCE).until(() -> !platform.reports.isEmpty());
        assertThat(platform.reports.get(0).getRefused()).isFalse();

        platform.status = 0;
        await().atMost(PATIENCE).until(() -> isIn(inbox.resolve(".taken"), "a.mp4"));
    }

    @Test
    void leavesWhatTheQuotaDoesNotLetInForLater() throws IOException {
        Path inbox = inbox();
        platform.status = 413;
        platform.problem = "{\"type\": \"urn:caravan:problem:quota-exceeded\", \"detail\": \"There is no room left.\"}";
        Files.write(inbox.resolve("a.mp4"), video(1000));
        save("connectors-folder", inbox);
        await().atMost(PATIENCE).until(() -> platform.reports.size() > 1);
        assertThat(platform.reports.get(0).getRefused()).isFalse();
        assertThat(platform.reports.get(0).getReason()).isEqualTo("There is no room left.");
        assertThat(inbox.resolve("a.mp4")).exists();

        platform.status = 0;
        await().atMost(PATIENCE).until(() -> isIn(inbox.resolve(".taken"), "a.mp4"));
    }

    @Test
    void takesNothingForWhoIsNotThere(CapturedOutput output) throws IOException {
        Path inbox = inbox();
        Files.write(inbox.resolve("a.mp4"), video(1000));
        saveText(
                "connectors-folder",
                example("connectors-folder")
                        .replace("/srv/videos", inbox.toString())
                        .replace(
                                "            pattern: \"*\"\n",
                                "            pattern: \"*\"\n        - setHeader:\n            name: owner\n"
                                        + "            expression:\n              constant:\n"
                                        + "                expression: out@example.com\n"));
        await().atMost(PATIENCE).until(() -> output.getOut().contains("The user out@example.com is blocked."));
        assertThat(platform.files).isEmpty();
        assertThat(inbox.resolve("a.mp4")).exists();
    }

    @Test
    void publishesWhatIsOnAnSftpServer() throws IOException {
        Path outgoing = Files.createDirectories(folder.resolve("sftp/outgoing"));
        byte[] video = video(5_000_000);
        Files.write(outgoing.resolve("b.mov"), video);
        Files.writeString(outgoing.resolve("c.json"), "not what it should be");
        saveText(
                "connectors-sftp",
                example("connectors-sftp")
                        .replace("videos.example.com:22", "127.0.0.1:" + sftp.getPort())
                        .replace(
                                "/srv/known_hosts",
                                folder.resolve("known_hosts").toString())
                        .replace("5000", "1000")
                        .replace("10000", "1000"));

        await().atMost(PATIENCE).until(() -> isIn(outgoing.resolve(".taken"), "b.mov"));
        assertThat(platform.bytes("b.mov")).isEqualTo(video);
        assertThat(isIn(outgoing.resolve(".refused"), "c.json")).isTrue();
        assertThat(platform.texts)
                .as("a text that can't be read may have said so")
                .singleElement()
                .returns("c.json", DescribeSourceFileRequest::getAddress)
                .returns("private", DescribeSourceFileRequest::getVisibility);
        assertThat(in(outgoing.resolve(".refused"), "c.json.reason.txt"))
                .content()
                .startsWith("It has to be a JSON object of at most 64 KiB");
    }

    @Test
    void publishesWhatIsInABucket() throws IOException {
        byte[] video = video(2_000_000);
        put("incoming/d.mp4", video);
        saveText(
                "connectors-bucket",
                example("connectors-bucket")
                        .replace("delay: 10000", "delay: 1000")
                        .replaceAll(
                                "( +)region: eu-central-1",
                                "$1region: eu-central-1\n$1overrideEndpoint: true\n$1forcePathStyle: true\n$1uriEndpointOverride: "
                                        + store.endpoint()));

        await().atMost(PATIENCE).until(() -> keys().equals(List.of("taken/incoming/d.mp4")));
        assertThat(platform.bytes("incoming/d.mp4")).isEqualTo(video);
        platform.status = 400;
        platform.problem = "{\"data\": {\"errors\": {\"video\": [\"video is not a video\"]}}}";
        put("incoming/e.mp4", new byte[10]);
        await().atMost(PATIENCE).until(() -> keys().equals(List.of("refused/incoming/e.mp4", "taken/incoming/d.mp4")));
    }

    private static boolean isIn(Path folder, String name) throws IOException {
        return in(folder, name) != null;
    }

    /** Below a folder in which each file has a folder of its own; null when there is none of the name. */
    private static @Nullable Path in(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (Stream<Path> files = Files.find(
                folder, 2, (file, attributes) -> file.getFileName().toString().equals(name))) {
            return files.findFirst().orElse(null);
        }
    }

    private static void put(String key, byte[] bytes) {
        s3.putObject(request -> request.bucket("partner-videos").key(key), RequestBody.fromBytes(bytes));
    }

    private static List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket("partner-videos")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static Path inbox() throws IOException {
        return Files.createTempDirectory(folder, "inbox");
    }

    private static byte[] video(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void save(String route, Path inbox) throws IOException {
        saveText(
                route,
                example(route)
                        .replace("/srv/videos", inbox.toString())
                        .replace("readLockCheckInterval: 2000", "readLockCheckInterval: 200")
                        .replace("delay: 2000", "delay: 200"));
    }

    private static void saveText(String route, String text) throws IOException {
        Files.writeString(folder.resolve("routes/connectors/sources/" + route + ".yaml"), text);
    }

    /** As the document has it. */
    private static String example(String route) throws IOException {
        String document = Files.readString(ROOT.resolve("docs/sources.md"));
        Matcher block = Pattern.compile("```yaml\\n(- route:\\n    id: " + route + "\\n.*?)```", Pattern.DOTALL)
                .matcher(document);
        assertThat(block.find()).as(route).isTrue();
        return block.group(1);
    }

    private static SshServer sftp() throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider(folder.resolve("host-key"));
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator(
                (user, password, session) -> user.equals("partner") && password.equals("secret+&%"));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(Files.createDirectories(folder.resolve("sftp"))));
        server.start();
        PublicKey key = keys.loadKeys(null).iterator().next().getPublic();
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n");
        return server;
    }

    private static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve("caravan"))) {
            path = path.getParent();
        }
        return path;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(path)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.copy(path, to.resolve(from.relativize(path)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
