package dev.caravan.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The clock of a PostgreSQL server, which leases, backoffs and ages are reckoned by, where the machine has the library
 * libfaketime to make it jump.
 */
final class DatabaseClock {

    private static final String LIBRARY = "faketime/libfaketime.so.1";
    private static final List<Path> PLACES = List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"));

    private final Path offset;
    private final List<Path> library;

    /** @param folder that the server's user can read */
    DatabaseClock(Path folder) throws IOException {
        offset = folder.resolve("clock");
        library = find();
        jump(0);
    }

    private static List<Path> find() throws IOException {
        for (Path place : PLACES) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> folders = Files.list(place)) {
                    List<Path> found = Stream.concat(Stream.of(place), folders)
                            .map(folder -> folder.resolve(LIBRARY))
                            .filter(Files::isReadable)
                            .limit(1)
                            .toList();
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        return List.of();
    }

    boolean canJump() {
        return !library.isEmpty();
    }

    /** What the server has to be started with. */
    Map<String, String> environment() {
        return canJump()
                ? Map.of(
                        "LD_PRELOAD",
                        library.get(0).toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        offset.toString(),
                        "FAKETIME_NO_CACHE",
                        "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // The server changes its user before it begins, and could not open what the library had made.
                        "FAKETIME_DISABLE_SHM",
                        "1")
                : Map.of();
    }

    /** @param seconds from the true time, from now on */
    void jump(int seconds) throws IOException {
        Path draft = offset.resolveSibling("clock.new");
        Files.writeString(draft, (seconds < 0 ? "" : "+") + seconds);
        Files.move(draft, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
