package dev.caravan.chaos;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What was asked for.
 *
 * @param seed decides in what order things break; the same seed, the same order
 * @param servers embedded, real or both
 * @param minutes how long things break at random, after all named points
 * @param points how many of the named points to kill at; 0 for all
 * @param work folder for data and logs
 */
record Options(long seed, String servers, double minutes, int points, Path work) {

    static final String USAGE =
            "./caravan chaos [--seed N] [--servers embedded|real|both] [--minutes N] [--points N] [--work FOLDER]";

    /** @throws IllegalArgumentException with a sentence */
    static Options parse(String... args) {
        long seed = 1;
        String servers = "both";
        double minutes = 1;
        int points = 0;
        Path work = Path.of("target/chaos");
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            if (rest.isEmpty()) {
                throw new IllegalArgumentException("The option " + option + " needs a value.\n" + USAGE);
            }
            String value = rest.pop();
            switch (option) {
                case "--seed" -> seed = Long.parseLong(value);
                case "--servers" -> servers = value;
                case "--minutes" -> minutes = Double.parseDouble(value);
                case "--points" -> points = Integer.parseInt(value);
                case "--work" -> work = Path.of(value);
                default -> throw new IllegalArgumentException("There is no option " + option + ".\n" + USAGE);
            }
        }
        if (!List.of("embedded", "real", "both").contains(servers)) {
            throw new IllegalArgumentException("--servers takes embedded, real or both.");
        }
        return new Options(seed, servers, minutes, points, work.toAbsolutePath());
    }
}
