package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the strongest jail that holds on this machine. Each is tried out with ffprobe inside: it has to read a file in
 * its workspace, and to fail at one beside the workspace and at a port of this process.
 */
public final class JailSearch {

    private static final Logger log = LoggerFactory.getLogger(JailSearch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BRIEFLY_MILLIS = 1;

    private final int niceness;
    private final String ffprobe;
    private final List<String> programs;
    private final Map<String, String> environment;

    /**
     * For these programs.
     *
     * @param niceness 0 to 19
     * @param ffmpeg name or path
     * @param ffprobe name or path
     * @param environment what both need in theirs
     */
    public JailSearch(int niceness, String ffmpeg, String ffprobe, Map<String, String> environment) {
        this.niceness = niceness;
        this.ffprobe = ffprobe;
        this.programs = List.of(ffmpeg, ffprobe);
        this.environment = environment;
    }

    /**
     * Programs in what was found; the log says once what that is.
     *
     * @param production whether to warn when there is none
     * @throws NoJailException when one is required and there is none
     */
    public Programs find(JailMode mode, boolean production) {
        Map<String, String> flaws = new LinkedHashMap<>();
        Programs found = mode == JailMode.OFF ? null : tryAll(flaws);
        if (found != null) {
            log.info("ffmpeg runs in a jail: {}", found.jail());
            return found;
        }
        String reason = mode == JailMode.OFF ? "encode.jail is off" : inWords(flaws);
        if (mode == JailMode.REQUIRED) {
            throw new NoJailException(reason);
        }
        String sentence = "ffmpeg runs in no jail, only within its caps and the formats that are allowed: {}";
        if (production) {
            log.warn(sentence, reason);
        } else {
            log.info(sentence, reason);
        }
        return new Programs(niceness, environment, new NoJail("none: " + reason));
    }

    private @Nullable Programs tryAll(Map<String, String> flaws) {
        Map<String, JailFactory> candidates = new LinkedHashMap<>();
        candidates.put("user namespaces", () -> new NamespaceJail(programs, environment, true));
        candidates.put("namespaces", () -> new NamespaceJail(programs, environment, false));
        candidates.put("Landlock", () -> new LandlockJail(programs, environment));
        for (Map.Entry<String, JailFactory> candidate : candidates.entrySet()) {
            try {
                Programs jailed =
                        new Programs(niceness, environment, candidate.getValue().open());
                String flaw = flaw(jailed);
                if (flaw.isEmpty()) {
                    return jailed;
                }
                jailed.close();
                flaws.put(candidate.getKey(), flaw);
            } catch (IOException e) {
                flaws.put(candidate.getKey(), String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while a jail was looked for", e);
            }
        }
        return null;
    }

    /** What is wrong with a jail; empty when it holds. */
    private String flaw(Programs jailed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("caravan-jail").toRealPath();
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path inside = Files.writeString(workspace.resolve("inside"), "seen");
        Path outside = Files.writeString(folder.resolve("outside"), "not seen");
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port.setSoTimeout(BRIEFLY_MILLIS);
            Outcome seen = probe(jailed, workspace, inside.toString());
            if (!seen.isSuccess()) {
                return seen.errorLine().isEmpty() ? "it ended with code " + seen.exitCode() : seen.errorLine();
            }
            if (probe(jailed, workspace, outside.toString()).isSuccess()) {
                return "it sees files outside its workspace";
            }
            probe(jailed, workspace, "tcp://127.0.0.1:" + port.getLocalPort() + "?timeout=1000000");
            return isCalled(port) ? "it has a network" : "";
        } finally {
            for (Path file : List.of(inside, outside, workspace, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Outcome probe(Programs jailed, Path workspace, String input) throws IOException, InterruptedException {
        return jailed.run(List.of(ffprobe, "-v", "error", "-f", "data", "-i", input), workspace, PATIENCE);
    }

    private static boolean isCalled(ServerSocket port) throws IOException {
        try {
            port.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static String inWords(Map<String, String> flaws) {
        return flaws.entrySet().stream()
                .map(flaw -> flaw.getKey() + ": " + flaw.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Makes a jail. */
    private interface JailFactory {
        Jail open() throws IOException, InterruptedException;
    }
}
