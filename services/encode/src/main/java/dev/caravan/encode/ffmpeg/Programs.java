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
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import net.bramp.ffmpeg.progress.ProgressListener;
import net.bramp.ffmpeg.progress.StreamProgressParser;

/** Runs programs that read hostile input: each in a jail and within its caps, and all end when the service stops. */
public final class Programs implements AutoCloseable {

    private static final int LARGEST_OUTPUT = 4 << 20;

    private final Jail jail;
    private final ProcessLauncher launcher;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ffmpeg-clock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopped;

    /**
     * A service's programs, without a jail.
     *
     * @param niceness 0 to 19; the higher, the more they leave to others
     * @param environment added to what they inherit
     */
    public Programs(int niceness, Map<String, String> environment) {
        this(niceness, environment, new NoJail("none"));
    }

    Programs(int niceness, Map<String, String> environment, Jail jail) {
        this.jail = jail;
        this.launcher = new ProcessLauncher(jail, niceness, Map.copyOf(environment));
    }

    /**
     * Runs a program and keeps its output; one that writes absurdly much is ended for it.
     *
     * @throws StoppedException when the service stops first
     * @throws IOException when the program could not be started
     */
    public Outcome run(List<String> command, Workspace workspace, Caps caps) throws IOException, InterruptedException {
        return run(command, workspace, caps, (output, watch) -> {
            byte[] bytes = output.readNBytes(LARGEST_OUTPUT + 1);
            if (bytes.length > LARGEST_OUTPUT) {
                watch.end(Cap.OUTPUT);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        });
    }

    /** Runs a program that is trusted: it sees a folder, and only its time is bounded. */
    public Outcome run(List<String> command, Path folder, Duration limit) throws IOException, InterruptedException {
        return run(command, Workspace.of(folder), Caps.ofTime(limit));
    }

    /**
     * Runs an ffmpeg that writes its progress to standard output.
     *
     * @param listener called on this thread, as often as ffmpeg reports
     * @throws StoppedException when the service stops first
     * @throws IOException when the program could not be started, or the disk is full
     */
    public Outcome run(List<String> command, Workspace workspace, Caps caps, ProgressListener listener)
            throws IOException, InterruptedException {
        return run(command, workspace, caps, (output, watch) -> {
            new StreamProgressParser(listener).processStream(new BoundedLines(output));
            return "";
        });
    }

    /**
     * Runs a program whose output is read line by line.
     *
     * @param lines called on this thread
     * @throws StoppedException when the service stops first
     * @throws IOException when the program could not be started
     */
    public Outcome runForLines(List<String> command, Workspace workspace, Caps caps, Consumer<String> lines)
            throws IOException, InterruptedException {
        return run(command, workspace, caps, (output, watch) -> {
            Lines.of(output).forEach(lines);
            return "";
        });
    }

    private Outcome run(List<String> command, Workspace workspace, Caps caps, Reading reading)
            throws IOException, InterruptedException {
        endWhenStopped();
        long free = workspace.visible().toFile().getUsableSpace();
        if (free < caps.freeDisk()) {
            throw new IOException("Only %d bytes are free at %s, of the %d that have to stay free."
                    .formatted(free, workspace.visible(), caps.freeDisk()));
        }
        long bytesBefore = caps.output() == Long.MAX_VALUE
                ? 0
                : DiskUse.of(workspace.visible()).bytes();
        Process process = launcher.run(command, workspace, caps.output());
        running.add(process);
        try {
            // Again: close() may have come between, and then has not seen this process.
            endWhenStopped();
            Watch watch = Watch.over(process, workspace, caps, bytesBefore, clock);
            Tail errors = Tail.of(process.getErrorStream());
            String output = reading.of(process.getInputStream(), watch);
            int exitCode = process.waitFor();
            endWhenStopped();
            return new Outcome(exitCode, output, errors.text(), errors.inPart(), watch.finish());
        } finally {
            ProcessLauncher.kill(process);
            running.remove(process);
            // Only now, because it closes the streams under whoever reads them.
            process.destroyForcibly();
        }
    }

    private void endWhenStopped() throws StoppedException {
        if (stopped) {
            throw new StoppedException();
        }
    }

    /** What the jail is, in a few words. */
    public String jail() {
        return jail.description();
    }

    /** Whether {@link #close} was called. */
    public boolean isStopped() {
        return stopped;
    }

    /** Ends the programs that run and starts no more. */
    @Override
    public void close() {
        stopped = true;
        running.forEach(ProcessLauncher::kill);
        clock.shutdownNow();
    }

    /** What is done with the output while the program runs. */
    private interface Reading {
        String of(InputStream output, Watch watch) throws IOException;
    }
}
