package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The very Dockerfile is built and the very docker-compose.yml runs, in the order of a deployment's life: it starts, works, is hurt,
 * ends and starts again. For {@code ./caravan test --images} alone, which brings a Docker along.
 */
@Tag("images")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImagesIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration STARTED = Duration.ofMinutes(6);
    private static final String EMAIL = "ann@example.org";
    private static final String PASSWORD = "secret-words";
    private static final String FORMER = "former@example.org";

    private static final List<String> DATABASES =
            List.of("user", "authentication", "upload", "encode", "video-catalog");
    private static final List<String> SERVERS = List.of(
            "user-postgresql",
            "authentication-postgresql",
            "upload-postgresql",
            "encode-postgresql",
            "video-catalog-postgresql",
            "redis",
            "rabbitmq",
            "s3");

    private static final List<String> WATCHERS =
            List.of("prometheus", "postgres-exporter", "redis-exporter", "node-exporter");
    private static final int AT_A_TIME = 3;

    private Deployment deployment;
    private Duration untilHealthy;
    private Client ann;
    private JsonNode film;
    /** Of all her videos, once nothing is killed any more. */
    private List<String> titlesOfAnn = List.of();

    /** Most bytes that an instance of a service was seen to have. */
    private final Map<String, Long> memory = new TreeMap<>();

    /** Seconds of processor time of each service when all was healthy first, and when that was. */
    private final Map<String, Double> atFirst = new TreeMap<>();

    private Instant healthySince;
    private final Map<String, Double> processors = new TreeMap<>();

    @BeforeAll
    void buildImagesAndStartAll() throws IOException {
        deployment = new Deployment();
        // The ffmpeg of the JRE's stand-in is Debian's.
        deployment.compose("build", "--build-arg", "JARS=built", "--build-arg", "FFMPEG_VERSION=7:5.*");
        // There are no stand-ins for Grafana, Loki, Alloy and Tempo.
        deployment.set("COMPOSE_PROFILES", "");
        deployment.set("CARAVAN_TRACING_ENDPOINT", "");
        // One port of these for each gateway that there will be; 4001 is the edge's.
        deployment.set("GATEWAY_PORT", "4010-4011");
        storeWhatTheFirstVersionHad();
        untilHealthy = timed(() -> {
            deployment.compose("migrate");
            deployment.compose("up", "-d");
        });
    }

    /** An account, a video that can be played, and one that was accepted and not announced yet. */
    private void storeWhatTheFirstVersionHad() throws IOException {
        List<String> command = new ArrayList<>(List.of("up", "-d", "s3"));
        DATABASES.forEach(service -> command.add(service + "-postgresql"));
        deployment.compose(command.toArray(String[]::new));
        DATABASES.forEach(service -> deployment.migrate(service, "1"));
        deployment.sql("user", """
                CREATE EXTENSION pgcrypto;
                INSERT INTO users (name, email, email_key, password_hash)
                VALUES ('Former', '%1$s', '%1$s', crypt('%2$s', gen_salt('bf', 10)));
                INSERT INTO settings (user_id) SELECT id FROM users;
                DROP EXTENSION pgcrypto""".formatted(FORMER, PASSWORD));
        deployment.sql("video-catalog", """
                INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress,
                    width, height, duration, path, hls, renditions)
                VALUES ('6a1cb3f0-4b1e-4c55-9d51-0c7f3a0e5d11', 1, 'Of before', 'Encoded long ago.', now() - interval '1 year',
                    'ready', 100, 640, 360, 4, 'encoded-videos/6a1cb3f0-4b1e-4c55-9d51-0c7f3a0e5d11/1', 'master.m3u8',
                    '[{"width": 640, "height": 360, "bitrate": 800000, "codecs": "avc1.64001e,mp4a.40.2"}]')""");
        String accepted = "0b0a8a52-2f0e-4a53-8a3e-3c1f7f1f7c22";
        deployment.store("raw-videos/" + accepted, Clips.video(deployment, 2, "320x180"));
        deployment.sql("upload", """
                INSERT INTO uploads (video_id, thumbnail_id, user_id, title, description, published_at, announce_after)
                VALUES ('%s', '5dd3b6a1-7a0c-4d0e-9a61-9b9f7c1b3e33', 1, 'Accepted before', 'Not announced.', now(), now())
                """.formatted(accepted));
    }

    @AfterEach
    void measure() throws IOException {
        for (String service : Deployment.SERVICES) {
            for (String container : deployment.running(service)) {
                memory.merge(service, deployment.bytes(container), Math::max);
            }
        }
    }

    @AfterAll
    void keepLogs() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/images/logs"));
        for (Map.Entry<String, String> state : deployment.states().entrySet()) {
            Files.writeString(
                    folder.resolve(state.getKey() + ".log"),
                    state.getValue() + "\n" + deployment.docker("logs", state.getKey()));
        }
    }

    @Test
    @Order(1)
    void isHealthyWithinTwoMinutes() throws IOException {
        healthySince = Instant.now();
        for (String service : Deployment.SERVICES) {
            atFirst.put(service, deployment.processorSeconds(deployment.container(service)));
        }
        double seconds = 0;
        for (String container : deployment.running()) {
            seconds += deployment.processorSeconds(container);
        }
        // Two processors for it alone; what else a machine does is not asked.
        assertThat(seconds / 2).as("started in %s", untilHealthy).isLessThan(120);
        assertThat(Deployment.SERVICES).allMatch(deployment::isHealthy);
        assertThat(SERVERS).allMatch(deployment::isHealthy);
    }

    @Test
    @Order(2)
    void runsServicesThatCanDoNothingButTheirWork() throws IOException {
        for (String service : Deployment.SERVICES) {
            String container = deployment.container(service);
            JsonNode about = deployment.inspect(container);
            assertThat(about.at("/HostConfig/ReadonlyRootfs").asBoolean())
                    .as(service)
                    .isTrue();
            assertThat(about.at("/HostConfig/Privileged").asBoolean())
                    .as(service)
                    .isFalse();
            assertThat(about.at("/HostConfig/Memory").asLong()).as(service).isPositive();
            assertThat(deployment.docker("exec", container, "cat", "/proc/1/status"))
                    .as(service)
                    .contains("Uid:\t10001\t10001\t10001\t10001")
                    .contains("CapPrm:\t0000000000000000")
                    .contains("CapEff:\t0000000000000000")
                    .contains("CapBnd:\t0000000000000000")
                    .contains("NoNewPrivs:\t1");
            assertThat(deployment.docker("exec", container, "sh", "-c", "touch /app/new /etc/new 2>&1; true"))
                    .as(service)
                    .contains("Read-only file system");
        }
    }

    @Test
    @Order(3)
    void hasImagesThatSayWhatTheyAreAndHideNothing() throws Exception {
        for (String service : Deployment.SERVICES) {
            String image = "caravan/" + service + ":local";
            JsonNode about = deployment.inspect(image);
            assertThat(about.at("/Config/User").asText()).as(service).isEqualTo("10001:10001");
            JsonNode labels = about.at("/Config/Labels");
            assertThat(labels.path("org.opencontainers.image.title").asText()).isEqualTo("caravan/" + service);
            assertThat(labels.path("org.opencontainers.image.licenses").asText())
                    .isEqualTo("Apache-2.0");
            assertThat(labels.path("org.opencontainers.image.version").asText()).isNotEmpty();
            assertThat(labels.path("org.opencontainers.image.revision").asText())
                    .isNotEmpty();
            String container = deployment.container(service);
            String told = about + deployment.docker("history", "--no-trunc", image) + deployment.inspect(container);
            assertThat(deployment.secrets()).hasSizeGreaterThan(10).noneMatch(told::contains);

            assertThat(deployment.docker(
                            "exec", container, "sh", "-c", "find / -xdev -type f -perm /6000 2>/dev/null; true"))
                    .as("programs of " + service + " that are run as another user")
                    .isEmpty();
            assertThat(deployment.docker("exec", container, "sh", "-c", "ls -A /app /keys/* /work 2>/dev/null; true"))
                    .as(service)
                    .doesNotContain(".env")
                    .contains("service.jar");
            JsonNode materials = json(deployment.docker("exec", container, "cat", "/app/sbom.cdx.json"));
            assertThat(materials.path("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(materials.path("components")).hasSizeGreaterThan(50);
        }
    }

    @Test
    @Order(4)
    void takesVideosBothWaysAndPlaysThemThroughTheEdge() {
        // The first of all has classes to load in three services; on a busy machine it may be told "not now".
        Client.Answer registered = await("accounts are made")
                .atMost(STARTED)
                .until(
                        () -> Client.anonymous(deployment)
                                .post(
                                        "/auth/register",
                                        Map.of(
                                                "name",
                                                "First",
                                                "email",
                                                UUID.randomUUID() + "@example.org",
                                                "password",
                                                PASSWORD)),
                        answer -> answer.status() == 201);
        ann = Client.register(deployment, EMAIL, PASSWORD);
        byte[] clip = Clips.video(deployment, 4, "640x360");
        assertThat(ann.upload(clip, "By presigned URL", "To the store, past the services.")
                        .status())
                .isEqualTo(200);
        Client.Answer raw = Client.send(HttpRequest.newBuilder(
                        URI.create(deployment.url() + "/videos/upload?title=Raw&description=Through%20all."))
                .header("Authorization", "Bearer " + ann.token())
                .header("Content-Type", "video/mp4")
                .POST(HttpRequest.BodyPublishers.ofByteArray(clip))
                .build());
        assertThat(raw.status()).as(raw.body()).isEqualTo(201);

        film = ann.await("By presigned URL", "ready");
        ann.await("Raw", "ready");
        assertThat(played(film)).isTrue();

        assertThat(servicesThatTellOf(raw)).containsExactly("api-gateway", "encode", "upload", "video-catalog");
        assertThat(servicesThatTellOf(registered)).containsExactly("api-gateway", "authentication", "user");
    }

    private Set<String> servicesThatTellOf(Client.Answer answer) {
        String request = answer.response().headers().firstValue("x-request-id").orElseThrow();
        Set<String> told = new TreeSet<>();
        for (String service : Deployment.SERVICES) {
            for (String line : deployment.log(service)) {
                JsonNode said = json(line);
                assertThat(said.path("service").asText()).as(line).isEqualTo(service);
                if (said.path("request").asText().equals(request)) {
                    told.add(service);
                }
            }
        }
        return told;
    }

    /** There is no service of then any more: what its users had, they have. */
    @Test
    @Order(5)
    void bringsWhatTheFirstVersionStoredUpToDate() {
        Client former = Client.login(deployment, FORMER, PASSWORD);

        former.await("Accepted before", "ready");
        JsonNode before = former.await("Of before", "ready");
        // Its files are as those of any other.
        String bucket = "/data/" + deployment.setting("S3_BUCKET") + "/";
        String path = deployment.sql("video-catalog", "SELECT path FROM videos WHERE title = 'By presigned URL'");
        deployment.docker(
                "exec",
                deployment.container("s3"),
                "sh",
                "-c",
                "cd " + bucket + " && mkdir -p $(dirname $2) && cp -a $1 $2",
                "sh",
                path,
                deployment.sql("video-catalog", "SELECT path FROM videos WHERE title = 'Of before'"));
        assertThat(played(before)).isTrue();
        assertThat(ann.get("/videos?query=before").data().path("videos"))
                .extracting(video -> video.path("title").asText())
                .contains("Of before", "Accepted before");
    }

    @Test
    @Order(7)
    void encodesInAJailWithoutFurtherRightsOrRefuses() {
        assertThat(deployment.log("encode")).anyMatch(line -> line.contains("ffmpeg runs in a jail: Landlock"));

        String refusal = deployment.docker(
                "run",
                "--rm",
                "--network=none",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--volume=/dev/null:/usr/bin/perl:ro",
                "--env=ENCODE_JAIL=required",
                "--env=CARAVAN_PRODUCTION=false",
                "--entrypoint=sh",
                "caravan/encode:local",
                "-c",
                "java -jar service.jar 2>&1; echo code $?");

        assertThat(refusal).contains("encode.jail").contains("code 1");
    }

    @Test
    @Order(8)
    void isSeenByPrometheusAsAWhole() {
        await("all targets are up").atMost(SOON).untilAsserted(() -> {
            Map<String, String> targets = targets();
            assertThat(targets.values()).as(targets.toString()).containsOnly("up");
            assertThat(targets).hasSize(17);
        });
    }

    @Test
    @Order(9)
    void changesTheKeyOfTokensAndLogsNobodyOut() {
        Client admin = Client.admin(deployment);

        assertThat(admin.post("/auth/keys/rotate", null).status()).isEqualTo(200);

        assertThat(ann.get("/auth/profile").status()).isEqualTo(200);
        assertThat(Client.login(deployment, EMAIL, PASSWORD)
                        .get("/auth/profile")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(10)
    void signsPlaybackByTheKeyThatItIsGiven() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        measureProcessors();

        deployment.composeWith(pem, "cdn-key");

        await("both use it").atMost(STARTED).ignoreExceptions().untilAsserted(() -> assertThat(played(film))
                .isTrue());
    }

    /** Before anything is hurt. */
    private void measureProcessors() throws IOException {
        double wall = Duration.between(healthySince, Instant.now()).toMillis() / 1000.0;
        for (String service : Deployment.SERVICES) {
            double taken = deployment.processorSeconds(deployment.container(service)) - atFirst.get(service);
            processors.put(service, taken / wall);
        }
    }

    @Test
    @Order(11)
    void losesOneServiceAndNoOtherWhenItsMemoryIsUsedUp() throws IOException {
        Map<String, Integer> before = restarts();
        String user = deployment.container("user");

        deployment.docker(
                "exec", "-d", user, "perl", "-e", "fork; fork; fork; my $taken = 'x' x (100 << 20); sleep 60");

        await("it is started again").atMost(SOON).until(() -> restarts().get("user") > before.get("user"));
        await("it is healthy").atMost(STARTED).until(() -> deployment.isHealthy("user"));
        Map<String, Integer> after = restarts();
        after.remove("user");
        before.remove("user");
        assertThat(after).isEqualTo(before);
        assertThat(Client.login(deployment, EMAIL, PASSWORD)
                        .get("/auth/profile")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(12)
    void runsTwoGatewaysAndTwoEncodersBehindOneName() {
        deployment.compose("up", "-d", "--scale", "api-gateway=2", "--scale", "encode=2");

        List<Platform> gateways = deployment.gateways();
        assertThat(gateways).extracting(Platform::url).doesNotHaveDuplicates().hasSize(2);
        for (Platform gateway : gateways) {
            Client admin = Client.admin(gateway);
            await("all are on the map").atMost(SOON).untilAsserted(() -> assertThat(
                            admin.get("/mesh/services").data().path("services"))
                    .filteredOn(service -> List.of("api-gateway", "encode")
                            .contains(service.path("name").asText()))
                    .hasSize(2)
                    .allSatisfy(service -> assertThat(service.path("instances")).hasSize(2)));
        }

        // A session that begins at one is one at the other, and over at both.
        Client bob = Client.register(gateways.get(0), "bob@example.org", PASSWORD);
        Client sameBob = Client.anonymous(gateways.get(1)).withToken(bob.token());
        assertThat(sameBob.get("/auth/profile").status()).isEqualTo(200);
        assertThat(sameBob.post("/auth/logout", null).status()).isEqualTo(200);
        assertThat(bob.get("/auth/profile").status()).isEqualTo(401);
        // Who guesses passwords gets no further by turns.
        List<Integer> answers = new ArrayList<>();
        for (int guess = 0; guess < 12; guess++) {
            answers.add(Client.anonymous(gateways.get(guess % 2))
                    .post("/auth/login", Map.of("email", "bob@example.org", "password", "guess-" + guess))
                    .status());
        }
        assertThat(answers.subList(0, 8)).containsOnly(401);
        assertThat(answers.subList(10, 12)).containsOnly(429);
    }

    @Test
    @Order(13)
    void losesNoVideoAlthoughEachContainerIsKilledOnceWhileVideosAreEncoded() {
        byte[] clip = Clips.video(deployment, 30, "640x360");
        List<String> titles = new ArrayList<>();
        for (List<String> containers : waves()) {
            if (states(titles).stream().allMatch("ready"::equals)) {
                titles.add(uploaded(clip));
                await("it is encoded").atMost(SOON).until(() -> states(titles).stream()
                        .anyMatch(Set.of("encoding", "playable")::contains));
            }
            for (String container : containers) {
                int before = deployment.restarts(container);
                deployment.kill(container);
                await("it is started again").atMost(SOON).until(() -> deployment.restarts(container) > before);
            }
            await("all are healthy").atMost(STARTED).until(() -> Stream.concat(
                            SERVERS.stream(), Deployment.SERVICES.stream())
                    .allMatch(deployment::isHealthy));
        }

        for (String title : titles) {
            assertThat(played(ann.await(title, "ready"))).isTrue();
        }
        titlesOfAnn = titles();
        assertThat(titlesOfAnn).containsAll(titles).doesNotHaveDuplicates();
        assertThat(Client.admin(deployment).get("/dead-letters").data().path("dead_letters"))
                .isEmpty();
    }

    /** All containers: those of servers and watchers one after the other, then of services as many at a time as start soon. */
    private List<List<String>> waves() {
        List<List<String>> waves = new ArrayList<>();
        waves.add(containers(Stream.concat(SERVERS.stream(), WATCHERS.stream()).toList()));
        List<String> services = containers(Deployment.SERVICES);
        for (int first = 0; first < services.size(); first += AT_A_TIME) {
            waves.add(services.subList(first, Math.min(first + AT_A_TIME, services.size())));
        }
        return waves;
    }

    private List<String> containers(List<String> services) {
        return services.stream()
                .flatMap(service -> deployment.containers(service).stream())
                .toList();
    }

    /** The title under which a video was accepted; while something is hurt its owner is told to come again. */
    private String uploaded(byte[] clip) {
        return await("a video is accepted")
                .atMost(SOON)
                .ignoreExceptions()
                .until(
                        () -> {
                            String title = "Beside kills " + UUID.randomUUID();
                            return ann.upload(clip, title, "Encoded beside kills.")
                                                    .status()
                                            == 200
                                    ? title
                                    : "";
                        },
                        title -> !title.isEmpty());
    }

    private List<String> titles() {
        return videos().map(video -> video.path("title").asText()).toList();
    }

    private Stream<JsonNode> videos() {
        JsonNode videos = ann.get("/videos/mine?size=100").data().path("videos");
        return StreamSupport.stream(videos.spliterator(), false);
    }

    private List<String> states(List<String> titles) {
        return videos().filter(video -> titles.contains(video.path("title").asText()))
                .map(video -> video.path("state").asText())
                .toList();
    }

    @Test
    @Order(14)
    void endsWithinTenSecondsAndWithoutAnError() {
        for (String service : Deployment.SERVICES) {
            for (String container : deployment.containers(service)) {
                Instant told = Instant.now();
                int lines = deployment.docker("logs", container).split("\n").length;
                deployment.docker("kill", "--signal=TERM", container);
                await(service + " ends").atMost(Duration.ofSeconds(30)).until(() -> !deployment
                        .inspect(container)
                        .at("/State/Running")
                        .asBoolean());
                JsonNode state = deployment.inspect(container).path("State");
                assertThat(Duration.between(
                                told, Instant.parse(state.path("FinishedAt").asText())))
                        .as(service)
                        .isLessThan(Duration.ofSeconds(10));
                assertThat(state.path("ExitCode").asInt()).as(service).isEqualTo(143);
                assertThat(deployment.docker("logs", container).lines().skip(lines))
                        .as(service)
                        .noneMatch(line -> json(line).path("level").asText().equals("ERROR"));
            }
        }
    }

    @Test
    @Order(15)
    void keepsAllDataWhenItEndsAndStartsAgain() throws IOException {
        deployment.compose("down");
        assertThat(deployment.states()).isEmpty();

        Duration again = timed(() -> deployment.compose("up", "-d"));

        report(again);
        Client back = Client.login(deployment, EMAIL, PASSWORD);
        assertThat(Client.anonymous(deployment)
                        .withToken(ann.token())
                        .get("/auth/profile")
                        .status())
                .isEqualTo(200);
        ann = back;
        assertThat(titles()).containsExactlyInAnyOrderElementsOf(titlesOfAnn);
        assertThat(played(back.await("By presigned URL", "ready"))).isTrue();
        assertThat(Client.login(deployment, FORMER, PASSWORD)
                        .get("/auth/profile")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Order(16)
    void takesAnotherSecretAndKeepsWhoIsLoggedIn() throws IOException {
        deployment.changeSecret("redis-password");

        deployment.compose("up", "-d", "--force-recreate", "redis", "authentication");

        await("it is let in").atMost(SOON).until(() -> ann.get("/auth/profile").status() == 200);
        assertThat(ann.post("/auth/logout", null).status()).isEqualTo(200);
        assertThat(ann.get("/auth/profile").status()).isEqualTo(401);
    }

    @Test
    @Order(17)
    void leavesNothingWhenItsDataShallGoToo() throws IOException {
        // They go with it.
        keepLogs();
        assertThat(deployment.docker("volume", "ls", "-q", "--filter", "name=caravan"))
                .isNotEmpty();

        deployment.compose("down", "-v");

        assertThat(deployment.docker("volume", "ls", "-q", "--filter", "name=caravan"))
                .isEmpty();
        assertThat(deployment.docker("network", "ls", "-q", "--filter", "name=caravan"))
                .isEmpty();
    }

    /** Processor time until it is healthy, and the size of what lies on its base image: for docs/benchmarks.md. */
    private void report(Duration again) throws IOException {
        StringBuilder table = new StringBuilder(
                "until all is healthy: first " + untilHealthy.toSeconds() + " s, again " + again.toSeconds() + " s\n");
        Map<String, Double> seconds = new TreeMap<>();
        long base = deployment
                .inspect("eclipse-temurin:17.0.15_6-jre-noble")
                .path("Size")
                .asLong();
        for (String service : Deployment.SERVICES) {
            seconds.put(service, deployment.processorSeconds(deployment.container(service)));
            long size = deployment
                            .inspect("caravan/" + service + ":local")
                            .path("Size")
                            .asLong()
                    - base;
            table.append(String.format(
                    Locale.ROOT,
                    "%s: started in %.1f s of processor time (first %.1f), image %d MB, memory %d MB, %.2f processors while little is done%n",
                    service,
                    seconds.get(service),
                    atFirst.getOrDefault(service, 0.0),
                    size >> 20,
                    memory.get(service) >> 20,
                    processors.getOrDefault(service, 0.0)));
        }
        System.out.println(table);
        Files.writeString(Path.of("target/images/measured.txt"), table);
    }

    private boolean played(JsonNode video) {
        JsonNode playback = Client.anonymous(deployment)
                .get("/videos/" + video.path("id").asInt())
                .data();
        assertThat(playback.path("manifest_url").asText()).startsWith("http://localhost:4001/");
        StoryIT.assertPlayable(
                playback.path("manifest_url").asText(), playback.path("hls_url").asText());
        return true;
    }

    private Map<String, String> targets() {
        JsonNode answer = Client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:9090/api/v1/targets?state=active"))
                                .build())
                .json();
        Map<String, String> targets = new TreeMap<>();
        answer.at("/data/activeTargets")
                .forEach(target -> targets.put(
                        target.at("/labels/job").asText() + " "
                                + target.at("/labels/instance").asText(),
                        target.path("health").asText()));
        return targets;
    }

    private Map<String, Integer> restarts() {
        return deployment.restarts(
                Stream.concat(Deployment.SERVICES.stream(), SERVERS.stream()).toList());
    }

    private static JsonNode json(String line) {
        try {
            return Client.JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static Duration timed(Runnable work) {
        Instant begin = Instant.now();
        work.run();
        return Duration.between(begin, Instant.now());
    }
}
