package dev.caravan.cdnedge.cache;

import dev.caravan.kernel.Fault;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request to the object store, for all who want the object meanwhile. */
public final class Flight {

    private static final int PATIENCE_SECONDS = 30;

    private final String key;
    private final @Nullable KeptObject former;
    private final long began;
    private final CompletableFuture<Optional<KeptObject>> outcome = new CompletableFuture<>();

    Flight(String key, @Nullable KeptObject former, long began) {
        this.key = key;
        this.former = former;
        this.began = began;
    }

    String key() {
        return key;
    }

    /** What is kept of the object, and need not be sent again when it is still the same. */
    public @Nullable KeptObject former() {
        return former;
    }

    long began() {
        return began;
    }

    void land(@Nullable KeptObject kept) {
        outcome.complete(Optional.ofNullable(kept));
    }

    void fail(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    /** Returns what was kept, or nothing when each has to ask for itself; throws what the object store was asked in vain with. */
    Optional<KeptObject> await() throws Exception {
        try {
            return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.unavailable("STOPPING", "The edge stops.");
        }
    }
}
