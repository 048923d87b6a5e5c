package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at what a running program has, and ends it when that is more than its caps allow. */
final class Watch implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final long NANOS_BETWEEN = 200_000_000L;
    private static final long NANOS_BETWEEN_DISK = 1_000_000_000L;
    /** Looking takes at most about a twentieth of the time, however many files or processes there are. */
    private static final int SPARING = 20;

    private final Process process;
    private final Workspace workspace;
    private final Caps caps;
    private final ScheduledExecutorService clock;
    private final long bytesBefore;
    private final long deadline;
    private long nextDisk;
    private volatile @Nullable Cap exceeded;
    private volatile boolean over;

    private Watch(Process process, Workspace workspace, Caps caps, long bytesBefore, ScheduledExecutorService clock) {
        this.process = process;
        this.workspace = workspace;
        this.caps = caps;
        this.bytesBefore = bytesBefore;
        this.clock = clock;
        this.nextDisk = System.nanoTime();
        this.deadline = nextDisk + caps.time().toNanos();
    }

    /**
     * Watches until {@link #finish}.
     *
     * @param bytesBefore what was in the workspace before the program started
     * @throws StoppedException when the clock has stopped
     */
    static Watch over(Process process, Workspace workspace, Caps caps, long bytesBefore, ScheduledExecutorService clock)
            throws StoppedException {
        Watch watch = new Watch(process, workspace, caps, bytesBefore, clock);
        try {
            watch.again(NANOS_BETWEEN);
            return watch;
        } catch (RejectedExecutionException e) {
            throw new StoppedException();
        }
    }

    @Override
    public void run() {
        if (over) {
            return;
        }
        long before = System.nanoTime();
        try {
            Cap cap = look(before);
            if (cap != null) {
                end(cap);
                return;
            }
        } catch (IOException | RuntimeException e) {
            // Better unseen once than unwatched from now on.
            log.warn("What a program has cannot be seen: {}", e.toString());
        }
        try {
            again(Math.max(NANOS_BETWEEN, SPARING * (System.nanoTime() - before)));
        } catch (RejectedExecutionException e) {
            log.debug("The service stops, and all programs with it.");
        }
    }

    private void again(long nanos) {
        clock.schedule(this, Math.min(nanos, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private @Nullable Cap look(long now) throws IOException {
        if (now - deadline >= 0) {
            return Cap.TIME;
        }
        ProcessUse use = ProcessUse.of(process);
        if (use.memory() > caps.memory()) {
            return Cap.MEMORY;
        }
        if (use.threads() > caps.threads()) {
            return Cap.THREADS;
        }
        if (free() < caps.freeDisk()) {
            return Cap.DISK;
        }
        if (now - nextDisk < 0) {
            return null;
        }
        Cap cap = lookAtFiles();
        nextDisk = System.nanoTime() + NANOS_BETWEEN_DISK;
        return cap;
    }

    private @Nullable Cap lookAtFiles() throws IOException {
        if (caps.output() == Long.MAX_VALUE) {
            return null;
        }
        DiskUse use = DiskUse.of(workspace.visible());
        if (use.bytes() - bytesBefore > caps.output()) {
            return Cap.OUTPUT;
        }
        return use.plain() ? null : Cap.PLAIN_FILES;
    }

    private long free() {
        return workspace.visible().toFile().getUsableSpace();
    }

    /** Ends the program for this reason, unless there was one before. */
    synchronized void end(Cap cap) {
        if (!over && exceeded == null) {
            exceeded = cap;
            ProcessLauncher.kill(process);
        }
    }

    /** What the program was ended for, or had too much of when it ended by itself; null for nothing. */
    @Nullable
    Cap finish() throws IOException {
        synchronized (this) {
            over = true;
        }
        return exceeded != null ? exceeded : lookAtFiles();
    }
}
