package dev.caravan.cdnedge.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.caravan.kernel.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects of the object store that were asked for, in a folder that takes no more than it may. An object is given out when
 * the store said shortly before that it still has it; so what is deleted there is gone here that soon, whoever deleted it and
 * whatever was under way meanwhile.
 *
 * <p>An eighth of the room is for files that are being written and for those that were evicted, which stay for a moment: the
 * container opens a file by its name after the route is over. No object may take more than that eighth. What finds no room
 * there is not kept.
 */
public final class ObjectCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectCache.class);

    /** What the smallest object counts for, so that there are not too many of them for the memory. */
    private static final int LEAST_WEIGHT = 16 * 1024;

    private static final int SHARE_ON_THE_WAY = 8;
    private static final long LEAVING_SECONDS = 2;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable CacheFolder folder;
    private final Cache<String, KeptObject> index;
    private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();
    private final long roomOnTheWay;
    private final long recheckNanos;
    private final Ticker clock;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong bytesOnTheWay = new AtomicLong();
    private final Executor later = CompletableFuture.delayedExecutor(LEAVING_SECONDS, TimeUnit.SECONDS);
    private final Counter evictions;
    private volatile @Nullable Long pausedAt;

    private ObjectCache(
            @Nullable CacheFolder folder,
            long size,
            Duration recheckAfter,
            Duration dropAfter,
            Ticker clock,
            MeterRegistry meters) {
        this.folder = folder;
        this.roomOnTheWay = Math.min(size / SHARE_ON_THE_WAY, Integer.MAX_VALUE);
        this.recheckNanos = recheckAfter.toNanos();
        this.clock = clock;
        this.evictions = Counter.builder("edge.cache.evictions")
                .description("Objects that went to make room, or because nobody asked for them")
                .register(meters);
        Gauge.builder("edge.cache.bytes", bytes, AtomicLong::get)
                .description("What the kept objects take")
                .register(meters);
        this.index = Caffeine.newBuilder()
                .maximumWeight(size - roomOnTheWay)
                .weigher((String key, KeptObject kept) ->
                        (int) Math.max(kept.about().length(), LEAST_WEIGHT))
                .expireAfterAccess(dropAfter)
                .scheduler(Scheduler.systemScheduler())
                .ticker(clock)
                // At once, and not some time after: else the bound would not hold.
                .executor(Runnable::run)
                .removalListener(this::removed)
                .build();
    }

    /**
     * @param size of all files; 0 for a cache that keeps nothing
     * @param recheckAfter how long the store's word holds that it has an object
     * @param dropAfter how long an object is kept that nobody asks for
     */
    public static ObjectCache open(
            Path folder, long size, Duration recheckAfter, Duration dropAfter, Ticker clock, MeterRegistry meters) {
        CacheFolder opened = null;
        if (size > 0) {
            try {
                opened = CacheFolder.open(folder);
            } catch (IOException e) {
                LOG.warn(
                        "Nothing is kept, all comes from the object store: the folder {} can't be used: {}",
                        folder,
                        e.toString());
            }
        }
        return new ObjectCache(opened, size, recheckAfter, dropAfter, clock, meters);
    }

    /**
     * Finds an object, for which it waits when it is under way.
     *
     * @throws Exception what the store was asked in vain with, by someone who came before
     */
    public Found find(String key) throws Exception {
        long arrived = clock.read();
        while (true) {
            KeptObject kept = index.getIfPresent(key);
            if (kept != null && isFresh(kept, arrived) && kept.isThere()) {
                return Found.kept(kept);
            }
            if (folder == null || isPaused(arrived)) {
                return Found.NOTHING;
            }
            Flight own = new Flight(key, kept != null && kept.isThere() ? kept : null, clock.read());
            Flight flight = flights.putIfAbsent(key, own);
            if (flight == null) {
                return Found.flight(own);
            }
            Optional<KeptObject> landed = flight.await();
            if (landed.isEmpty()) {
                return Found.NOTHING;
            }
            // What another one asked for before may have been deleted since.
            if (flight.began() - arrived >= 0 || isFresh(landed.get(), arrived)) {
                return Found.kept(landed.get());
            }
        }
    }

    /**
     * Ends a flight with an object, which is kept and returned; or null when it can't be, and all have to ask for themselves.
     *
     * @param content read to its end, or not at all; not closed
     * @throws IOException when the store broke off
     */
    public @Nullable KeptObject keep(Flight flight, StoredObject about, InputStream content) throws IOException {
        long length = about.length();
        CacheFolder room = folder;
        if (room == null || !isRoomFor(length)) {
            end(flight, null);
            return null;
        }
        try {
            Path file = room.write(flight.key(), to -> CacheFolder.copy(content, to));
            KeptObject kept = new KeptObject(about, file, flight.began());
            bytes.addAndGet(length);
            index.put(flight.key(), kept);
            pausedAt = null;
            end(flight, kept);
            return kept;
        } catch (CacheFolder.BrokenOffException e) {
            throw e;
        } catch (IOException e) {
            pause(e);
            end(flight, null);
            return null;
        } finally {
            bytesOnTheWay.addAndGet(-length);
        }
    }

    /** Ends a flight with the store's word that what was kept is still the same. */
    public @Nullable KeptObject confirm(Flight flight) {
        KeptObject former = flight.former();
        if (former != null) {
            former.confirm(flight.began());
        }
        end(flight, former);
        return former;
    }

    /**
     * Ends a flight that led to nothing; nothing happens when it has ended.
     *
     * @param gone whether the store said that there is no such object
     */
    public void fail(Flight flight, @Nullable Throwable failure, boolean gone) {
        if (gone) {
            index.invalidate(flight.key());
        }
        if (flights.remove(flight.key(), flight)) {
            flight.fail(failure != null ? failure : Fault.unavailable("NO_ANSWER", "The object store did not answer."));
        }
    }

    private void end(Flight flight, @Nullable KeptObject kept) {
        flights.remove(flight.key(), flight);
        flight.land(kept);
    }

    private boolean isFresh(KeptObject kept, long now) {
        return now - kept.confirmed() < recheckNanos;
    }

    private boolean isRoomFor(long length) {
        if (bytesOnTheWay.addAndGet(length) <= roomOnTheWay) {
            return true;
        }
        bytesOnTheWay.addAndGet(-length);
        return false;
    }

    private void removed(@Nullable String key, @Nullable KeptObject kept, RemovalCause cause) {
        if (kept == null) {
            return;
        }
        if (cause.wasEvicted()) {
            evictions.increment();
        }
        long length = kept.about().length();
        bytes.addAndGet(-length);
        bytesOnTheWay.addAndGet(length);
        later.execute(() -> {
            try {
                Files.deleteIfExists(kept.file());
            } catch (IOException e) {
                LOG.warn("{} is left behind: {}", kept.file(), e.toString());
            } finally {
                bytesOnTheWay.addAndGet(-length);
            }
        });
    }

    private boolean isPaused(long now) {
        Long since = pausedAt;
        return since != null && now - since < PAUSE_NANOS;
    }

    /** Said once, until something could be kept again. */
    private void pause(IOException failure) {
        if (pausedAt == null) {
            LOG.warn("Nothing is kept for now, all comes from the object store: {}", failure.toString());
        }
        pausedAt = clock.read();
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
