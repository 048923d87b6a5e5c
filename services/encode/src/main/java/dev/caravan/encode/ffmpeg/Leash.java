package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bramp.ffmpeg.ProcessFunction;

/**
 * Starts a program in a folder, with a low priority, so that it ends when this JVM ends, even by kill -9: a shell holds
 * a pipe from here, and kills the program when the pipe closes.
 */
final class Leash implements ProcessFunction {

    /** {@code read} returns when the pipe closes; nobody writes to it. */
    private static final String SCRIPT = """
            exec 3<&0
            nice -n "$0" "$@" </dev/null 3<&- &
            program=$!
            { read -r nothing; kill -KILL "$program"; } <&3 >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait "$program"
            code=$?
            kill "$watch" 2>/dev/null
            exit "$code"
            """;

    /** Secrets of this service are no business of a program that reads what strangers send. */
    private static final Set<String> INHERITED = Set.of("PATH", "LANG", "TMPDIR");

    private final Path folder;
    private final int niceness;
    private final Map<String, String> environment;

    /** @param environment added to what is inherited */
    Leash(Path folder, int niceness, Map<String, String> environment) {
        this.folder = folder;
        this.niceness = niceness;
        this.environment = environment;
    }

    @Override
    public Process run(List<String> command) throws IOException {
        List<String> leashed = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, Integer.toString(niceness)));
        // By env, not by the builder: macOS takes library paths away from its own sh and nice.
        leashed.add("env");
        environment.forEach((name, value) -> leashed.add(name + "=" + value));
        leashed.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(leashed).directory(folder.toFile());
        builder.environment().keySet().retainAll(INHERITED);
        return builder.start();
    }

    /** Ends the program at once, and leaves its streams to be read to their end. */
    static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }
}
