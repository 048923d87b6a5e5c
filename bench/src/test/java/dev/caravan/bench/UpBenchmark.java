package dev.caravan.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long {@code ./caravan up} takes, how long a service beside running servers, and what the platform takes when nobody uses
 * it. {@code ./caravan bench up} runs it, on Linux.
 */
class UpBenchmark {

    private static final int STARTS = Integer.getInteger("caravan.bench.starts", 5);
    private static final int SETTLE_SECONDS = Integer.getInteger("caravan.bench.settle", 60);
    private static final int IDLE_SECONDS = Integer.getInteger("caravan.bench.seconds", 60);
    private static final List<String> SERVICES =
            List.of("user", "authentication", "upload", "encode", "video-catalog", "cdn-edge", "api-gateway");

    @TempDir
    private Path folder;

    @Test
    void saysHowLongAStartTakesAndWhatIdlingDoes() throws Exception {
        StringBuilder table = new StringBuilder(
                "\n| Start | s until ready | of starts | s of processor time |\n| --- | --- | --- | --- |\n");
        makeClassArchive();
        table.append(row("first on a data folder", start -> UpProcess.start(folder.resolve("cold" + start), Map.of())));
        table.append(row("again", start -> UpProcess.start(folder.resolve("warm"), Map.of())));
        try (UpProcess platform = UpProcess.start(folder.resolve("warm"), Map.of())) {
            Thread.sleep(Duration.ofSeconds(SETTLE_SECONDS).toMillis());
            double before = platform.processorSeconds();
            Thread.sleep(Duration.ofSeconds(IDLE_SECONDS).toMillis());
            double share = (platform.processorSeconds() - before) / IDLE_SECONDS;
            String idle = String.format(
                    Locale.ROOT, "%nIdle: %.0f MiB, %.1f %% of a processor%n", platform.mebibytes(), 100 * share);
            System.out.print(idle);
            Map<String, String> servers = servers(platform);
            for (String service : SERVICES) {
                table.append(row(
                        service + " by itself",
                        start -> UpProcess.start(folder.resolve(service), with(servers, "CARAVAN_SERVICES", service))));
            }
            table.append(idle);
        }
        System.out.println(table);
    }

    /** The first start of what was built leaves one for those that follow. */
    private void makeClassArchive() throws Exception {
        try (UpProcess first = UpProcess.start(folder.resolve("warm"), Map.of())) {
            System.out.printf(
                    Locale.ROOT,
                    "The first start of all took %.1f s, %.1f s of processor time%n",
                    first.seconds,
                    first.processorSeconds);
            await().atMost(Duration.ofMinutes(10)).until(UpBenchmark::hasClassArchive);
        }
    }

    private static boolean hasClassArchive() throws IOException {
        try (Stream<Path> files = Files.list(UpProcess.ROOT.resolve("services/standalone/target"))) {
            return files.anyMatch(file -> file.toString().endsWith(".jsa"));
        }
    }

    private interface Start {
        UpProcess run(int start) throws IOException;
    }

    private static String row(String name, Start start) throws Exception {
        double[] seconds = new double[STARTS];
        double[] processor = new double[STARTS];
        for (int index = 0; index < STARTS; index++) {
            try (UpProcess platform = start.run(index)) {
                seconds[index] = platform.seconds;
                processor[index] = platform.processorSeconds;
            }
        }
        String row = String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f to %.1f | %.1f |%n",
                name,
                Figures.median(seconds),
                Arrays.stream(seconds).min().orElseThrow(),
                Arrays.stream(seconds).max().orElseThrow(),
                Figures.median(processor));
        System.out.print(row);
        return row;
    }

    /** Those of a running platform, for a service that has none of its own. */
    private static Map<String, String> servers(UpProcess platform) throws IOException {
        return Map.of(
                "POSTGRESQL_URL",
                "postgresql://caravan:" + secret(platform, "postgresql/password") + "@"
                        + platform.address("PostgreSQL"),
                "REDIS_URL",
                "redis://:" + secret(platform, "redis/password") + "@" + platform.address("Redis"),
                "AMQP_URL",
                "amqp://caravan:" + secret(platform, "amqp/password") + "@" + platform.address("AMQP broker") + "/",
                "S3_URL",
                s3(platform),
                "FFMPEG",
                platform.address("ffmpeg").split(" ")[0]);
    }

    private static String s3(UpProcess platform) throws IOException {
        List<String> keys = Files.readAllLines(platform.data.resolve("keys/s3-credentials"));
        return "http://" + keys.get(0) + ":" + keys.get(1) + "@" + platform.address("S3 server") + "/caravan";
    }

    private static String secret(UpProcess platform, String file) throws IOException {
        return Files.readString(platform.data.resolve(file)).strip();
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(name, value);
        return all;
    }
}
