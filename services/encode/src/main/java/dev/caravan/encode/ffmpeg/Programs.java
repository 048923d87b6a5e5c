package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bramp.ffmpeg.progress.ProgressListener;
import net.bramp.ffmpeg.progress.StreamProgressParser;

/** Runs programs that read hostile input: each is bounded in time, and all end when the service stops. */
public final class Programs implements AutoCloseable {

    private static final int LARGEST_OUTPUT = 4 << 20;

    private final int niceness;
    private final Map<String, String> environment;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ffmpeg-clock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopped;

    /**
     * A service's programs.
     *
     * @param niceness 0 to 19; the higher, the more they leave to others
     * @param environment added to what they inherit
     */
    public Programs(int niceness, Map<String, String> environment) {
        this.niceness = niceness;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs a program and keeps its output.
     *
     * @throws StoppedException when the service stops first
     * @throws IOException when the program could not be started, or wrote absurdly much
     */
    public Outcome run(List<String> command, Path folder, Duration limit) throws IOException, InterruptedException {
        return run(command, folder, limit, output -> {
            byte[] bytes = output.readNBytes(LARGEST_OUTPUT + 1);
            if (bytes.length > LARGEST_OUTPUT) {
                throw new IOException("The program wrote more than " + LARGEST_OUTPUT + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        });
    }

    /**
     * Runs an ffmpeg that writes its progress to standard output.
     *
     * @param listener called on this thread, as often as ffmpeg reports
     * @throws StoppedException when the service stops first
     * @throws IOException when the program could not be started
     */
    public Outcome run(List<String> command, Path folder, Duration limit, ProgressListener listener)
            throws IOException, InterruptedException {
        return run(command, folder, limit, output -> {
            new StreamProgressParser(listener).processStream(output);
            return "";
        });
    }

    private Outcome run(List<String> command, Path folder, Duration limit, Reading reading)
            throws IOException, InterruptedException {
        endWhenStopped();
        Process process = new Leash(folder, niceness, environment).run(command);
        running.add(process);
        AtomicBoolean timedOut = new AtomicBoolean();
        try {
            // Again: close() may have come between, and then has not seen this process.
            endWhenStopped();
            Future<?> bound = killAfter(limit, process, timedOut);
            Tail errors = Tail.of(process.getErrorStream());
            String output = reading.of(process.getInputStream());
            int exitCode = process.waitFor();
            bound.cancel(false);
            endWhenStopped();
            return new Outcome(exitCode, output, errors.text(), timedOut.get());
        } finally {
            Leash.kill(process);
            running.remove(process);
            // Only now, because it closes the streams under whoever reads them.
            process.destroyForcibly();
        }
    }

    private Future<?> killAfter(Duration limit, Process process, AtomicBoolean timedOut) throws StoppedException {
        Runnable kill = () -> {
            timedOut.set(true);
            Leash.kill(process);
        };
        try {
            return clock.schedule(kill, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new StoppedException();
        }
    }

    private void endWhenStopped() throws StoppedException {
        if (stopped) {
            throw new StoppedException();
        }
    }

    /** Whether {@link #close} was called. */
    public boolean isStopped() {
        return stopped;
    }

    /** Ends the programs that run and starts no more. */
    @Override
    public void close() {
        stopped = true;
        running.forEach(Leash::kill);
        clock.shutdownNow();
    }

    /** What is done with the output while the program runs. */
    private interface Reading {
        String of(InputStream output) throws IOException;
    }
}
