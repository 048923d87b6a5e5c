package dev.caravan.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A data folder of PostgreSQL: made by initdb when new. */
final class PostgresCluster {
    static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TZ", "UTC");

    private static final Duration INITDB_LIMIT = Duration.ofMinutes(5);

    private PostgresCluster() {}

    /** Makes the data folder when it is not there; it appears whole or not at all. */
    static void create(Path data, Path programs, ServerUser user, String username, String password, Path log) {
        if (Files.isDirectory(data)) {
            return;
        }
        Path draft = data.resolveSibling("data.new");
        Path passwordFile = data.resolveSibling("initdb-password");
        try {
            Binaries.deleteTree(draft);
            Files.createDirectory(
                    draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            user.own(draft);
            Secret.write(passwordFile, password + "\n");
            user.own(passwordFile);
            List<String> initdb = List.of(
                    programs.resolve("bin/initdb").toString(),
                    "--pgdata=" + draft,
                    "--username=" + username,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--data-checksums",
                    "--no-instructions");
            run(new ChildProcess.Program(
                    "PostgreSQL's initdb",
                    user.command(initdb),
                    draft,
                    log,
                    "KILL",
                    Duration.ofSeconds(1),
                    ENVIRONMENT));
            Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EmbeddedServerException("The database folder " + data + " could not be made: " + e, e);
        } finally {
            deleteQuietly(passwordFile);
        }
    }

    /**
     * Deletes the pid file of a dead run when its number now belongs to another process: PostgreSQL would take that one
     * for a server. Called when no server runs on the data.
     */
    static void forgetForeignPid(Path data) {
        Path file = data.resolve("postmaster.pid");
        try {
            if (Files.exists(file) && isAlive(Files.readAllLines(file))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("The file " + file + " of a former run can't be cleared away: " + e, e);
        }
    }

    private static boolean isAlive(List<String> pidFile) {
        try {
            return !pidFile.isEmpty()
                    && ProcessHandle.of(Long.parseLong(pidFile.get(0).strip())).isPresent();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void run(ChildProcess.Program program) {
        try (ChildProcess child = ChildProcess.start(program)) {
            Integer code = child.awaitExit(INITDB_LIMIT);
            if (code == null) {
                throw child.failure(" did not end within " + INITDB_LIMIT.toMinutes() + " min.");
            }
            if (code != 0) {
                throw child.failure(" failed with code " + code + ".");
            }
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Only its owner can read it; the next initdb overwrites it.
        }
    }
}
