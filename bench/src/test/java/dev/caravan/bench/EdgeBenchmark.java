package dev.caravan.bench;

import static org.awaitility.Awaitility.await;

import dev.caravan.cdnedge.signature.TestSigner;
import dev.caravan.embedded.FreePorts;
import dev.caravan.embedded.ObjectStoreServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
    private static final TestSigner SIGNER = TestSigner.create("caravan", "RSA");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final int edgePort = FreePorts.pick();
    private final int nginxPort = FreePorts.pick();

    @Test
    void saysHowManyObjectsItServes() throws Exception {
        String nginx = Wrk.Programs.find("nginx");
        Wrk wrk = new Wrk(CLIENTS);
        StringBuilder table =
                new StringBuilder("\n| Object | edge, a second | nginx, a second | edge / nginx | of pairs |\n"
                        + "| --- | --- | --- | --- | --- |\n");
        int s3Port = FreePorts.pick();
        try (ObjectStoreServer store =
                ObjectStoreServer.start(folder.resolve("s3"), s3Port, "caravan", "caravan-secret")) {
            store.createBucket("caravan");
            Process server = startNginx(nginx);
            try (JavaProcess edge = startEdge(s3Port)) {
                for (int bytes : new int[] {549_000, 20_000}) {
                    table.append(row(wrk, s3Port, bytes));
                }
            } finally {
                server.destroy();
                server.waitFor();
            }
        }
        System.out.println(table);
    }

    private String row(Wrk wrk, int s3Port, int bytes) throws Exception {
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
        wrk.run(ours, WARM_UP_SECONDS);
        wrk.run(theirs, 1);
        double[] edge = new double[PAIRS];
        double[] nginx = new double[PAIRS];
        double[] ratio = new double[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            edge[pair] = wrk.run(ours, SECONDS).rate();
            nginx[pair] = wrk.run(theirs, SECONDS).rate();
            ratio[pair] = edge[pair] / nginx[pair];
        }
        String row = String.format(
                Locale.ROOT,
                "| %d bytes | %.0f | %.0f | %.2f | %.2f to %.2f |%n",
                bytes,
                Figures.median(edge),
                Figures.median(nginx),
                Figures.median(ratio),
                Arrays.stream(ratio).min().orElseThrow(),
                Arrays.stream(ratio).max().orElseThrow());
        System.out.print(row);
        return row;
    }

    /** With all compilers, as services apart run. */
    private JavaProcess startEdge(int s3Port) throws IOException {
        return JavaProcess.service(
                "cdn-edge",
                List.of("-XX:+UseSerialGC", "-Xss512k", "-Xmx768m"),
                Map.of(
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
    }

    private Process startNginx(String nginx) throws IOException {
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
        return new ProcessBuilder(nginx, "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
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
}
