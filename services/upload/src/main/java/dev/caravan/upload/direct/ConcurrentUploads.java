package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import dev.caravan.upload.UploadProperties;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Lets so many uploads of one user, and of all, be under way at a time in this instance. */
@Component
public final class ConcurrentUploads {

    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final Semaphore free;
    private final int mostOfOne;
    private final Map<Integer, Integer> underWay = new ConcurrentHashMap<>();

    @Autowired
    ConcurrentUploads(UploadProperties properties) {
        this(properties.maxDirectUploads(), properties.maxDirectUploadsPerUser());
    }

    ConcurrentUploads(int mostOfAll, int mostOfOne) {
        this.free = new Semaphore(mostOfAll);
        this.mostOfOne = mostOfOne;
    }

    /** To be closed when the upload has ended. */
    @FunctionalInterface
    public interface Turn extends AutoCloseable {

        @Override
        void close();
    }

    /** @throws Fault RESOURCE_EXHAUSTED when this user has too many, UNAVAILABLE when all together have */
    public Turn take(int user) {
        if (underWay.merge(user, 1, Integer::sum) > mostOfOne) {
            leave(user);
            throw Fault.exhausted(
                    "TOO_MANY_UPLOADS",
                    "You are uploading " + mostOfOne + " videos at this moment; wait until one has ended.",
                    A_WHILE);
        }
        if (!free.tryAcquire()) {
            leave(user);
            throw Fault.unavailable("UPLOADS_BUSY", "Too many videos are being uploaded; try again in a minute.");
        }
        return () -> {
            free.release();
            leave(user);
        };
    }

    private void leave(int user) {
        underWay.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }
}
