package dev.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What benchmarks have in common: middle values, and what processes have taken. */
final class Figures {

    private static final double TICKS = 100;

    private Figures() {}

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A process and all that it has started and that runs. */
    static Stream<ProcessHandle> family(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** Seconds of processor time of these, and of children of theirs that have ended. */
    static double processorSeconds(Stream<ProcessHandle> processes) throws IOException {
        double ticks = 0;
        for (ProcessHandle process : processes.toList()) {
            String stat = read(process, "stat");
            if (!stat.isEmpty()) {
                // What follows the name, which may have any characters.
                String[] fields =
                        stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
                for (int field = 11; field <= 14; field++) {
                    ticks += Long.parseLong(fields[field]);
                }
            }
        }
        return ticks / TICKS;
    }

    /** MiB of memory of these, pages that some share divided by all who do (PSS). */
    static double mebibytes(Stream<ProcessHandle> processes) throws IOException {
        double kibibytes = 0;
        for (ProcessHandle process : processes.toList()) {
            kibibytes += read(process, "smaps_rollup")
                    .lines()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .sum();
        }
        return kibibytes / 1024;
    }

    private static String read(ProcessHandle process, String file) throws IOException {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            // It has just ended.
            return "";
        }
    }
}
