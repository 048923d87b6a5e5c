package dev.caravan.bench;

import dev.caravan.embedded.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./caravan up}, as it was built, without its demo and on a free port: ready when the script says so. */
final class UpProcess implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("caravan.root")).toAbsolutePath();

    private static final double TICKS = 100;

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

    /** Processor time of all its processes so far. */
    double processorSeconds() throws IOException {
        double ticks = 0;
        for (long pid : pids()) {
            String stat = read(pid, "stat");
            if (!stat.isEmpty()) {
                // What follows the name, which may have any characters.
                String[] fields =
                        stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
                // Its own, and that of its children that have ended.
                for (int field = 11; field <= 14; field++) {
                    ticks += Long.parseLong(fields[field]);
                }
            }
        }
        return ticks / TICKS;
    }

    /** MiB of memory of all its processes, pages that some of them share divided by these (PSS). */
    double mebibytes() throws IOException {
        double kibibytes = 0;
        for (long pid : pids()) {
            kibibytes += read(pid, "smaps_rollup")
                    .lines()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kibibytes / 1024;
    }

    private List<Long> pids() {
        return Stream.concat(Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid))
                .toList();
    }

    private static String read(long pid, String file) throws IOException {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            if (ProcessHandle.of(pid).isPresent()) {
                throw e;
            }
            // It has just ended.
            return "";
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}
