package dev.caravan.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Servers of a dead run that still work on a folder.
 *
 * <p>Normally they end with the virtual machine that started them; they live on for moments while they shut down, or when
 * someone killed their supervising shell as well. Whoever looks for them must hold the folder's lock, which is what makes
 * them nobody's.
 */
final class Orphans {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;

    private Orphans() {}

    /**
     * Ends every process that runs one of the programs in the folder or below; returns when there is none any more.
     *
     * @param signal what asks the program to end soon, without SIG
     * @throws EmbeddedServerException when one can't be ended
     */
    static void end(Path folder, Set<String> programs, String signal) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        long graceEnd = System.nanoTime() + GRACE.toNanos();
        long giveUp = graceEnd + GRACE.toNanos();
        boolean asked = false;
        for (List<ProcessHandle> found = find(folder, programs); !found.isEmpty(); found = find(folder, programs)) {
            if (!asked) {
                asked = true;
                leaders(found).forEach(leader -> signal(leader, signal));
            } else if (System.nanoTime() > graceEnd) {
                found.forEach(ProcessHandle::destroyForcibly);
            }
            if (System.nanoTime() > giveUp) {
                throw new EmbeddedServerException("Process " + found.get(0).pid() + " of a former run still works on "
                        + folder + " and can't be ended: end it and start again.");
            }
            await(found.get(0));
        }
    }

    /** Returns the processes, without zombies. */
    static List<ProcessHandle> find(Path folder, Set<String> programs) {
        return ProcessHandle.allProcesses()
                .filter(process -> runsOne(process, programs) && worksIn(process, folder))
                .toList();
    }

    private static boolean runsOne(ProcessHandle process, Set<String> programs) {
        // A zombie has no command.
        return process.info()
                .command()
                .map(command -> programs.contains(
                        command.substring(command.lastIndexOf('/') + 1).replace(" (deleted)", "")))
                .orElse(false);
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        Path current = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            if (Files.isDirectory(Path.of("/proc/self"))) {
                return Files.readSymbolicLink(current).startsWith(folder.toRealPath());
            }
            String absolute = folder.toAbsolutePath().toString();
            return process.info().commandLine().orElse("").contains(absolute);
        } catch (IOException e) {
            // It has just ended, or is someone else's.
            return false;
        }
    }

    /** Returns those that none of the others started: they end their own children. */
    private static List<ProcessHandle> leaders(List<ProcessHandle> found) {
        Set<Long> pids = found.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        return found.stream()
                .filter(process -> process.parent()
                        .map(parent -> !pids.contains(parent.pid()))
                        .orElse(true))
                .toList();
    }

    private static void signal(ProcessHandle process, String signal) {
        // Java itself can send TERM and KILL only.
        CommandOutput.of(
                List.of("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(process.pid())), Map.of());
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Looked up again by the caller.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("The wait for process " + process.pid() + " was interrupted.", e);
        }
    }
}
