package dev.caravan.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The load generator of that name, with two threads. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s*([0-9.]+)");
    private static final Pattern COUNT = Pattern.compile("(\\d+) requests in");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

    private final String program = Programs.find("wrk");
    private final int clients;

    /** @param clients that ask at a time, each on a connection that it keeps */
    Wrk(int clients) {
        this.clients = clients;
    }

    /**
     * What came of a run.
     *
     * @param rate answers a second
     * @param requests answers in all
     * @param p99 milliseconds that 99 of 100 answers were there in
     */
    record Load(double rate, long requests, double p99) {}

    /** @throws IllegalStateException unless every answer was whole and one of success */
    Load run(String url, int seconds, String... headers) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program, "-t2", "-c" + clients, "-d" + seconds + "s", "--timeout", "30s", "--latency"));
        for (String header : headers) {
            command.addAll(List.of("-H", header));
        }
        command.add(url);
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String report = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0 || report.contains("Non-2xx") || report.contains("Socket errors")) {
            throw new IllegalStateException(report);
        }
        Matcher p99 = found(P99, report);
        double unit =
                switch (p99.group(2)) {
                    case "us" -> 1e-3;
                    case "ms" -> 1;
                    default -> 1e3;
                };
        return new Load(
                Double.parseDouble(found(RATE, report).group(1)),
                Long.parseLong(found(COUNT, report).group(1)),
                Double.parseDouble(p99.group(1)) * unit);
    }

    private static Matcher found(Pattern pattern, String report) {
        Matcher matcher = pattern.matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException(report);
        }
        return matcher;
    }

    /** Programs of the machine. */
    static final class Programs {

        private Programs() {}

        static String find(String name) {
            return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                    .map(place -> Path.of(place, name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("This needs " + name + ", which is not there."))
                    .toString();
        }
    }
}
