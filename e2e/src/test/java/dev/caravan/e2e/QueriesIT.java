package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A real Prometheus with the committed configuration and rules watches a platform, its PostgreSQL, its Redis and a real
 * RabbitMQ: whatever dashboards and alerts ask has an answer.
 */
@Needs({Needs.Need.PROMETHEUS, Needs.Need.MONITORED_SERVERS})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueriesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** It runs while there is a source, and there is none here. */
    private static final String NOT_RUNNING = "connectors";

    private static final List<String> SERVICES =
            List.of("api-gateway", "user", "authentication", "upload", "encode", "video-catalog", "cdn-edge");

    /** What one instance of a service may have, however long it runs. */
    private static final int MOST_SERIES = 2000;

    private static final Pattern AN_ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-.*|\\d{4,}");

    private final Path folder = Path.of("target/e2e/monitored").toAbsolutePath();
    private final int prometheus = PlatformProcess.freePort();
    private Servers servers;
    private PlatformProcess platform;

    @BeforeAll
    void watchAPlatform() throws Exception {
        SharedPlatform.delete(folder);
        Path data = Files.createDirectories(folder).resolve("platform");
        SharedPlatform.delete(Path.of(data + "-routes"));
        int amqp = PlatformProcess.freePort();
        int postgresql = PlatformProcess.freePort();
        int redis = PlatformProcess.freePort();
        servers = new Servers(folder);
        Map<String, String> targets = new TreeMap<>();
        targets.put("rabbitmq", address());
        targets.put("rabbitmq-queues", targets.get("rabbitmq"));
        servers.startRabbitMq(amqp, port(targets.get("rabbitmq")));
        platform = PlatformProcess.launch(
                data,
                PlatformProcess.freePort(),
                Map.of(
                        "AMQP_URL", "amqp://guest:guest@127.0.0.1:" + amqp + "/",
                        "POSTGRESQL_PORT", String.valueOf(postgresql),
                        "REDIS_PORT", String.valueOf(redis)));
        platform.awaitLine("Watch it: ");
        for (JsonNode target :
                JSON.readTree(data.resolve("prometheus-targets.json").toFile())) {
            targets.put(
                    target.at("/labels/job").asText(), target.at("/targets/0").asText());
        }
        startExporters(targets, data, postgresql, redis);
        targets.put("prometheus", "127.0.0.1:" + prometheus);
        servers.start(
                "prometheus",
                URI.create("http://127.0.0.1:" + prometheus + "/-/ready"),
                Map.of(),
                "prometheus",
                "--config.file=" + configuration(targets),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + prometheus);
        // Rates are of what Prometheus saw rising.
        awaitScrape();
        driveTraffic();
        awaitScrape();
    }

    @AfterAll
    void end() throws IOException {
        try {
            if (platform != null) {
                platform.close();
            }
        } finally {
            servers.close();
        }
    }

    @Test
    void haveAnAnswerAfterTraffic() {
        Map<String, String> wrong = new TreeMap<>();
        List<Dashboards.Query> queries = Stream.concat(
                        Dashboards.of("prometheus").stream(), Dashboards.rules().stream())
                .toList();
        assertThat(queries).hasSizeGreaterThan(100);

        await("answers")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    wrong.clear();
                    queries.forEach(query -> {
                        String problem = problem(ask(query.text()));
                        if (!problem.isEmpty()) {
                            wrong.put(query.toString(), problem);
                        }
                    });
                    assertThat(wrong).isEmpty();
                });
    }

    @Test
    void areOfEveryServiceAndServer() {
        JsonNode up = ask("up == 1").at("/data/result");
        List<String> jobs =
                up.findValuesAsText("job").stream().distinct().sorted().toList();

        List<String> configured = Dashboards.yaml(Dashboards.FOLDER.resolve("prometheus/prometheus.yml"))
                .path("scrape_configs")
                .findValuesAsText("job_name")
                .stream()
                .filter(job -> !job.equals(NOT_RUNNING))
                .sorted()
                .toList();
        assertThat(jobs).isEqualTo(configured).containsAll(SERVICES);
        JsonNode health = ask("service_health_status == 1").at("/data/result");
        assertThat(health.findValuesAsText("job")).containsExactlyInAnyOrderElementsOf(SERVICES);
    }

    @Test
    void areOfFewSeriesAndOfNoneThatGrowWithTheData() {
        for (String service : SERVICES) {
            JsonNode series = ask("{job=\"" + service + "\"}").at("/data/result");
            System.out.println(service + " has " + series.size() + " series");
            assertThat(series.size()).as(service).isBetween(100, MOST_SERIES);
            series.forEach(one -> one.path("metric").fields().forEachRemaining(label -> {
                if (!label.getKey().equals("instance") && !label.getKey().equals("le")) {
                    assertThat(label.getValue().asText())
                            .as(one.path("metric").toString())
                            .doesNotMatch(AN_ID);
                }
            }));
        }
    }

    private void driveTraffic() throws Exception {
        Client ann = Client.registered(platform);
        Client anyone = Client.anonymous(platform);
        ann.upload(Clips.video(platform, 3, "640x360"), "Watched", "By Prometheus.");
        ann.upload(Clips.video(platform, 2, "320x180"), "Watched too", "By Prometheus.");
        ann.await("Watched", "ready");
        int id = ann.await("Watched too", "ready").path("id").asInt();
        JsonNode playback = anyone.get("/videos/" + id).data();
        for (int i = 0; i < 3; i++) {
            play(playback);
            report(id, i, URI.create(playback.path("hls_url").asText()).getAuthority());
            anyone.get("/videos?search=watched");
            anyone.get("/videos/999999");
            anyone.post("/auth/login", Map.of("email", "nobody@example.com", "password", "wrong password"));
            awaitScrape();
        }
    }

    /** As a player of which the first picture comes, that stalls and then fails; and as one that talks nonsense. */
    private void report(int video, int session, String edge) {
        String events = """
                cid="%1$d",cdn="%3$s",com.caravan-height=180,e=ps,msd=400,sid="s-%2$d",sn=0,sta=p,v=2
                cid="%1$d",cdn="%3$s",com.caravan-height=180,com.caravan-played=(0 1000),e=ps,sid="s-%2$d",sn=1,sta=r,v=2
                cid="%1$d",cdn="%3$s",com.caravan-height=180,e=e,ec=("fragLoadError"),sid="s-%2$d",sn=2,sta=f,v=2
                nonsense =
                """.formatted(video, session, edge);
        assertThat(Client.anonymous(platform).post("/cmcd", events).status()).isEqualTo(204);
    }

    /** The manifest, and what it names once and once more, as a player does that comes back. */
    private void play(JsonNode playback) {
        URI manifest = URI.create(playback.path("hls_url").asText());
        String playlist = Client.send(HttpRequest.newBuilder(manifest).build()).body();
        URI media = manifest.resolve(playlist.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .findFirst()
                .orElseThrow());
        Matcher init = Pattern.compile("URI=\"([^\"]+)\"")
                .matcher(Client.send(HttpRequest.newBuilder(media).build()).body());
        assertThat(init.find()).isTrue();
        HttpRequest.Builder segment = HttpRequest.newBuilder(media.resolve(init.group(1)));
        Client.Answer first = Client.send(segment.build());
        assertThat(first.status()).isEqualTo(200);
        String tag = first.response().headers().firstValue("ETag").orElseThrow();
        assertThat(Client.send(segment.header("If-None-Match", tag).build()).status())
                .isEqualTo(304);
    }

    private void startExporters(Map<String, String> targets, Path data, int postgresql, int redis) throws IOException {
        for (String job : List.of("postgresql", "redis", "node")) {
            targets.put(job, address());
        }
        startExporter(
                "prometheus-postgres-exporter",
                targets.get("postgresql"),
                Map.of(
                        "DATA_SOURCE_URI",
                        "127.0.0.1:" + postgresql + "/postgres?sslmode=disable",
                        "DATA_SOURCE_USER",
                        "caravan",
                        "DATA_SOURCE_PASS",
                        Files.readString(data.resolve("postgresql/password")).strip()),
                "--auto-discover-databases");
        startExporter(
                "prometheus-redis-exporter",
                targets.get("redis"),
                Map.of(
                        "REDIS_ADDR",
                        "redis://127.0.0.1:" + redis,
                        "REDIS_PASSWORD",
                        Files.readString(data.resolve("redis/password")).strip()));
        startExporter("prometheus-node-exporter", targets.get("node"), Map.of());
    }

    private void startExporter(String program, String address, Map<String, String> environment, String... options)
            throws IOException {
        String[] command = Stream.concat(Stream.of(program, "--web.listen-address=" + address), Stream.of(options))
                .toArray(String[]::new);
        servers.start(program, URI.create("http://" + address + "/metrics"), environment, command);
    }

    /** The committed one, with this machine's addresses, and in a hurry. */
    private Path configuration(Map<String, String> targets) throws IOException {
        Path committed = Dashboards.FOLDER.resolve("prometheus/prometheus.yml");
        ObjectNode configuration = (ObjectNode) Dashboards.yaml(committed);
        configuration.putObject("global").put("scrape_interval", "1s").put("evaluation_interval", "1s");
        ((ArrayNode) configuration.path("rule_files"))
                .removeAll()
                .add(committed.resolveSibling("rules").resolve("*.yml").toString());
        for (Iterator<JsonNode> jobs = configuration.path("scrape_configs").iterator(); jobs.hasNext(); ) {
            JsonNode job = jobs.next();
            if (job.path("job_name").asText().equals(NOT_RUNNING)) {
                jobs.remove();
                continue;
            }
            ObjectNode own = (ObjectNode) job;
            String name = job.path("job_name").asText();
            assertThat(targets).as("a target of " + name).containsKey(name);
            own.remove(List.of("dns_sd_configs", "static_configs"));
            own.putArray("static_configs").addObject().putArray("targets").add(targets.get(name));
            if (name.equals("postgresql")) {
                // Debian's exporter is older than /probe and knows its one server.
                own.remove(List.of("metrics_path", "relabel_configs"));
            }
        }
        // JSON is YAML.
        return Files.writeString(folder.resolve("prometheus.yml"), configuration.toPrettyString());
    }

    private void awaitScrape() {
        double now = ask("time()").at("/data/result/0").asDouble();
        await("a look at everything")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        ask("min(timestamp(up))").at("/data/result/0/value/1").asDouble() > now + 1);
    }

    private static String problem(JsonNode answer) {
        if (!answer.path("status").asText().equals("success")) {
            return answer.path("error").asText("no answer: " + answer);
        }
        JsonNode result = answer.at("/data/result");
        if (result.isEmpty()) {
            return "no data";
        }
        for (JsonNode one : result) {
            if (!one.at("/value/1").asText().equals("NaN")) {
                return "";
            }
        }
        return "not a number";
    }

    private JsonNode ask(String query) {
        return Client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + prometheus + "/api/v1/query?query="
                                + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                        .build())
                .json();
    }

    private static String address() {
        return "127.0.0.1:" + PlatformProcess.freePort();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
}
