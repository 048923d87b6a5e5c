package dev.caravan.bench;

import dev.caravan.embedded.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./caravan up}, as it was built, without its demo and on a free port: ready when the script says so. */
final class UpProcess implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("caravan.root")).toAbsolutePath();

    final int port = FreePorts.pick();
    final Path data;
    /** From the script's start until it said that the platform is ready. */
    final double seconds;
    /** Of processor time, all processes, until then. */
    final double processorSeconds;

    private final Process process;
    private final List<String> output = new ArrayList<>();

    private UpProcess(Path data, Map<String, String> environment) throws IOException {
        this.data = data;
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("caravan").toString(),
                        "up",
                        "--no-demo",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        data.toString())
                .redirectErrorStream(true);
        builder.environment().put("CARAVAN_BUILD", "no");
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        process = builder.start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = "";
        while (!line.contains("Caravan is ready")) {
            line = lines.readLine();
            if (line == null) {
                throw new IllegalStateException(String.join("\n", output));
            }
            output.add(line);
        }
        seconds = (System.nanoTime() - start) / 1e9;
        processorSeconds = processorSeconds();
    }

    static UpProcess start(Path data, Map<String, String> environment) throws IOException {
        return new UpProcess(data, environment);
    }

    long pid() {
        return process.pid();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Where a server listens, as it was said at the start, such as {@code 127.0.0.1:4321}. */
    String address(String server) {
        return output.stream()
                .filter(line -> line.startsWith("  " + server))
                .map(line -> line.strip().substring(server.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Of processor time, all its processes, so far. */
    double processorSeconds() throws IOException {
        return Figures.processorSeconds(Figures.family(process));
    }

    double mebibytes() throws IOException {
        return Figures.mebibytes(Figures.family(process));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}
