package dev.caravan.chaos.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Where to die: lines of {@code service:step:before} or {@code service:step:after}, with a text behind a further colon that
 * has to occur in what the exchange carries. The file may change at any time.
 */
final class Orders {

    private static final long PERIOD_MILLIS = 20;

    private final Path file;
    private volatile List<String> lines = List.of();

    Orders(Path file) {
        this.file = file;
        read();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "chaos-orders");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::read, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    List<String> lines() {
        return lines;
    }

    private void read() {
        try {
            lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            // It is being written; looked at again at once.
        }
    }
}
