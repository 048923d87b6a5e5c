package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a program in a jail, with a low priority, so that it ends when this JVM ends, even by kill -9: a shell holds a
 * pipe from here, and kills the program when the pipe closes.
 */
final class ProcessLauncher {

    /**
     * {@code read} returns when the pipe closes; nobody writes to it. What the program started is of its group, so that
     * all are ended at a blow, however fast they multiply. When the system runs out of memory, they are what it ends
     * first.
     */
    private static final String SCRIPT = """
            exec 3<&0
            niceness=$1 blocks=$2
            shift 2
            ulimit -c 0
            [ "$blocks" = 0 ] || ulimit -f "$blocks"
            { echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
            ionice -c 2 -n 7 -p $$ 2>/dev/null
            own_group=
            command -v setsid >/dev/null && own_group=setsid
            $own_group nice -n "$niceness" "$@" </dev/null 3<&- &
            program=$!
            { read -r nothing; kill -s KILL -- "-$program"; kill -s KILL "$program"; } <&3 >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait "$program"
            code=$?
            { kill "$watch"; kill -s KILL -- "-$program"; } 2>/dev/null
            exit "$code"
            """;

    private static final Logger log = LoggerFactory.getLogger(ProcessLauncher.class);

    /** Secrets of this service are no business of a program that reads what strangers send. */
    private static final Set<String> INHERITED = Set.of("PATH", "LANG", "TMPDIR");

    /** Until the shell is no longer relied on. */
    private static final int PATIENCE_SECONDS = 5;

    /** What {@code ulimit -f} counts in. */
    private static final int BLOCK = 512;

    private final Jail jail;
    private final int niceness;
    private final Map<String, String> environment;

    /** @param environment what the program has in its environment, beside what is inherited */
    ProcessLauncher(Jail jail, int niceness, Map<String, String> environment) {
        this.jail = jail;
        this.niceness = niceness;
        this.environment = environment;
    }

    /** @param largestFile bytes */
    Process run(List<String> command, Workspace workspace, long largestFile) throws IOException {
        List<String> leashed =
                new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "launcher", Integer.toString(niceness)));
        leashed.add(largestFile == Long.MAX_VALUE ? "0" : Long.toString(Math.max(1, largestFile / BLOCK)));
        leashed.addAll(jail.enter(workspace, environment, command));
        ProcessBuilder builder =
                new ProcessBuilder(leashed).directory(workspace.start().toFile());
        builder.environment().keySet().retainAll(INHERITED);
        return builder.start();
    }

    /** Ends the program with all that it started, and leaves its streams to be read to their end. */
    static void kill(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            log.debug("The launcher was cut already", e);
        }
        process.onExit()
                .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }
}
