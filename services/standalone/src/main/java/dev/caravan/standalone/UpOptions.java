package dev.caravan.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What {@code up} was asked for.
 *
 * @param port the gateway's
 * @param data folder that keeps everything between runs
 * @param routes folder of the routes, edited live
 * @param demo whether a new data folder gets the demo video
 */
record UpOptions(int port, Path data, Path routes, boolean demo) {

    /** @throws UsageException on anything unknown or malformed */
    static UpOptions parse(String... args) {
        int port = 4000;
        Path data = Path.of(".caravan");
        Path routes = Path.of("routes");
        boolean demo = true;
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--port" -> port = Ports.parse(option, value(option, rest));
                case "--data" -> data = Path.of(value(option, rest));
                case "--routes" -> routes = Path.of(value(option, rest));
                case "--no-demo" -> demo = false;
                default -> throw new UsageException("There is no option " + option + " of ./caravan up.");
            }
        }
        if (!Files.isDirectory(routes)) {
            throw new UsageException("There is no folder " + routes + " with routes; name it by --routes.");
        }
        return new UpOptions(
                port, data.toAbsolutePath().normalize(), routes.toAbsolutePath().normalize(), demo);
    }

    static String value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null) {
            throw new UsageException("The option " + option + " needs a value.");
        }
        return value;
    }
}
