package dev.caravan.bench;

import static org.awaitility.Awaitility.await;

import dev.caravan.cdnedge.CdnEdgeApplication;
import dev.caravan.cdnedge.signature.TestSigner;
import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.ObjectStoreServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How many signed objects that are kept the edge serves a second, beside nginx, which serves the same file unsigned. Both in
 * processes of their own, one measured right after the other. {@code ./caravan bench edge} runs it.
 */
class EdgeBenchmark {

    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 5);
    private static final int SECONDS = Integer.getInteger("caravan.bench.seconds", 5);
    private static final int WARM_UP_SECONDS = 15;
    private static final int CLIENTS = 64;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final TestSigner SIGNER = TestSigner.create("caravan", "RSA");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final int edgePort = FreePorts.pick();
    private final int nginxPort = FreePorts.pick();
    private final List<Process> processes = new ArrayList<>();

    @Test
    void saysHowManyObjectsItServes() throws Exception {
        String nginx = program("nginx");
        String wrk = program("wrk");
        StringBuilder table =
                new StringBuilder("\n| Object | edge, a second | nginx, a second | edge / nginx | of pairs |\n"
                        + "| --- | --- | --- | --- | --- |\n");
        int s3Port = FreePorts.pick();
        try (ObjectStoreServer store =
                ObjectStoreServer.start(folder.resolve("s3"), s3Port, "caravan", "caravan-secret")) {
            store.createBucket("caravan");
            startEdge(s3Port);
            startNginx(nginx);
            for (int bytes : new int[] {549_000, 20_000}) {
                table.append(row(wrk, s3Port, bytes));
            }
        } finally {
            for (Process process : processes) {
                process.destroy();
                process.waitFor();
            }
        }
        System.out.println(table);
    }

    private String row(String wrk, int s3Port, int bytes) throws Exception {
        String path = "/encoded-videos/bench/seg-" + bytes + ".m4s";
        byte[] object = new byte[bytes];
        new Random(1).nextBytes(object);
        put(s3Port, path, object);
        Path file = folder.resolve("www" + path);
        Files.createDirectories(file.getParent());
        Files.write(file, object);
        String ours = SIGNER.canned(
                "http://127.0.0.1:" + edgePort + path, Instant.now().plus(Duration.ofHours(2)));
        String theirs = "http://127.0.0.1:" + nginxPort + path;
        for (String url : List.of(ours, theirs)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> Arrays.equals(get(url), object));
        }
        rate(wrk, ours, WARM_UP_SECONDS);
        rate(wrk, theirs, 1);
        double[] edge = new double[PAIRS];
        double[] nginx = new double[PAIRS];
        double[] ratio = new double[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            edge[pair] = rate(wrk, ours, SECONDS);
            nginx[pair] = rate(wrk, theirs, SECONDS);
            ratio[pair] = edge[pair] / nginx[pair];
        }
        String row = String.format(
                Locale.ROOT,
                "| %d bytes | %.0f | %.0f | %.2f | %.2f to %.2f |%n",
                bytes,
                median(edge),
                median(nginx),
                median(ratio),
                Arrays.stream(ratio).min().orElseThrow(),
                Arrays.stream(ratio).max().orElseThrow());
        System.out.print(row);
        return row;
    }

    /** Answers a second, each of them whole and 200. */
    private double rate(String wrk, String url, int seconds) throws Exception {
        Process run = new ProcessBuilder(wrk, "-t2", "-c" + CLIENTS, "-d" + seconds + "s", url)
                .redirectErrorStream(true)
                .start();
        String report = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(report);
        if (run.waitFor() != 0 || !rate.find() || report.contains("Non-2xx") || report.contains("Socket errors")) {
            throw new IllegalStateException(report);
        }
        return Double.parseDouble(rate.group(1));
    }

    /** With the flags of {@code ./caravan up}. */
    private void startEdge(int s3Port) throws IOException {
        ProcessBuilder edge = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx768m",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CdnEdgeApplication.class.getName());
        edge.environment()
                .putAll(Map.of(
                        "CARAVAN_PRODUCTION",
                        "false",
                        "SERVER_PORT",
                        String.valueOf(edgePort),
                        "MANAGEMENT_SERVER_PORT",
                        String.valueOf(FreePorts.pick()),
                        "CDN_URL",
                        "http://127.0.0.1:" + edgePort,
                        "CDN_PUBLIC_KEY",
                        SIGNER.writePublicKey(folder.resolve("public.pem")).toString(),
                        "CDN_CACHE_FOLDER",
                        folder.resolve("cache").toString(),
                        "S3_ENDPOINT",
                        "http://127.0.0.1:" + s3Port,
                        "S3_ACCESS_KEY",
                        "caravan",
                        "S3_SECRET_KEY",
                        "caravan-secret"));
        processes.add(edge.redirectErrorStream(true)
                .redirectOutput(folder.resolve("edge.log").toFile())
                .start());
    }

    private void startNginx(String nginx) throws IOException {
        Path home = Files.createDirectories(folder.resolve("nginx"));
        // Its workers run as somebody else when it is root who starts it.
        Path configuration = Files.writeString(home.resolve("nginx.conf"), """
                daemon off;
                user %s;
                worker_processes auto;
                pid %s/pid;
                error_log %s/error.log;
                events {}
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000000;
                  client_body_temp_path %s/body;
                  proxy_temp_path %s/proxy;
                  fastcgi_temp_path %s/fastcgi;
                  uwsgi_temp_path %s/uwsgi;
                  scgi_temp_path %s/scgi;
                  server {
                    listen 127.0.0.1:%d;
                    root %s/www;
                  }
                }
                """.formatted(
                        System.getProperty("user.name"), home, home, home, home, home, home, home, nginxPort, folder));
        processes.add(new ProcessBuilder(nginx, "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start());
    }

    private static void put(int s3Port, String path, byte[] object) {
        try (S3Client s3 = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:" + s3Port))
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("caravan", "caravan-secret")))
                .build()) {
            s3.putObject(
                    request -> request.bucket("caravan").key(path.substring(1)).contentType("video/mp4"),
                    RequestBody.fromBytes(object));
        }
    }

    /** Returns nothing while nobody answers. */
    private static byte[] get(String url) throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static String program(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This needs " + name
                        + ", which is not there: install nginx and wrk (Debian: apt-get install nginx wrk)."))
                .toString();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
