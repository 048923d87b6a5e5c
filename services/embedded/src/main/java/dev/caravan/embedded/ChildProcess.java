package dev.caravan.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A program that ends when this virtual machine ends, even by kill -9.
 *
 * <p>A shell (supervise.sh) starts it and holds a pipe from here; when the pipe closes, whoever closed it, the shell sends
 * the program its stop signal and, after the time of grace, SIGKILL. The program gets a session of its own, so Ctrl-C in a
 * terminal reaches this virtual machine alone, which then stops things in its order.
 */
final class ChildProcess implements AutoCloseable {
    private static final long POLL_MILLIS = 20;
    private static final Duration KILL_TIME = Duration.ofSeconds(3);

    private final Program program;
    private final Process shell;
    private final long logStart;

    /**
     * What to run.
     *
     * @param name what people call it, for messages
     * @param command the program and its arguments
     * @param folder its working directory
     * @param log the file that its output is appended to; null for one that is read here
     * @param stopSignal the signal that asks it to end, without SIG; INT reaches only a program with a handler of its own,
     *     because shells start what runs beside them with INT ignored
     * @param grace how long it may take to end before it is killed; whole seconds
     * @param environment all variables that it gets, beside PATH
     */
    record Program(
            String name,
            List<String> command,
            Path folder,
            @Nullable Path log,
            String stopSignal,
            Duration grace,
            Map<String, String> environment) {}

    private ChildProcess(Program program, Process shell, long logStart) {
        this.program = program;
        this.shell = shell;
        this.logStart = logStart;
    }

    /**
     * Starts the program.
     *
     * @throws EmbeddedServerException when the shell can't be started
     */
    static ChildProcess start(Program program) {
        List<String> command = new ArrayList<>();
        Path setsid = Executables.find("setsid");
        if (setsid != null) {
            command.add(setsid.toString());
        }
        command.addAll(List.of("/bin/sh", "-c", script(), program.name()));
        command.addAll(
                List.of(program.stopSignal(), Long.toString(program.grace().toSeconds())));
        command.addAll(program.command());
        try {
            long logStart = program.log() == null ? 0 : LogTail.begin(program.log());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(program.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            program.log() == null
                                    ? ProcessBuilder.Redirect.PIPE
                                    : ProcessBuilder.Redirect.appendTo(
                                            program.log().toFile()));
            // A user's PGPORT or LD_PRELOAD has no business in our servers.
            builder.environment().keySet().retainAll(Set.of("PATH"));
            builder.environment().putAll(program.environment());
            return new ChildProcess(program, builder.start(), logStart);
        } catch (IOException e) {
            throw new EmbeddedServerException(program.name() + " could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the program serves.
     *
     * @throws EmbeddedServerException when it ends before, or does not serve in time; it is ended then
     */
    void awaitReady(BooleanSupplier ready, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            Integer code = awaitExit(Duration.ofMillis(POLL_MILLIS));
            if (code != null) {
                throw failure(" ended with code " + code + " while it started.");
            }
            if (System.nanoTime() > deadline) {
                close();
                throw failure(" did not serve within " + limit.toSeconds() + " s.");
            }
        }
    }

    /** Waits for the program to end by itself; returns its exit code, or null when it still runs after the time. */
    @Nullable
    Integer awaitExit(Duration limit) {
        try {
            return shell.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? shell.exitValue() : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new EmbeddedServerException("The wait for " + program.name() + " was interrupted.", e);
        }
    }

    /** Returns an exception that says what happened and how the log ends. */
    EmbeddedServerException failure(String what) {
        return new EmbeddedServerException(
                program.name() + what + (program.log() == null ? "" : LogTail.of(program.log(), logStart)));
    }

    /** What it says, when it has no log; it has to be read. */
    InputStream output() {
        return shell.getInputStream();
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** Asks the program to end and returns when it has, at the latest a few seconds after the time of grace. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            // The shell is gone already, and with it its end of the pipe.
        }
        Duration limit = program.grace().plus(KILL_TIME);
        boolean interrupted = Thread.interrupted();
        try {
            if (!shell.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            kill();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }

    private static String script() {
        try (InputStream script = ChildProcess.class.getResourceAsStream("supervise.sh")) {
            if (script == null) {
                throw new IllegalStateException("supervise.sh is missing from the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EmbeddedServerException("supervise.sh can't be read: " + e, e);
        }
    }
}
