package dev.caravan.standalone;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends things so that one that fails to end does not keep the others running. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void together(List<? extends AutoCloseable> all) {
        CompletableFuture.allOf(all.stream()
                        .map(one -> CompletableFuture.runAsync(() -> quietly(one), task -> new Thread(task).start()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    static void quietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            LOG.warn("{} did not end cleanly", one, e);
        }
    }
}
