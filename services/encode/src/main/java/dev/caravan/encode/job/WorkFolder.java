package dev.caravan.encode.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where files are while a video is encoded. Workers may share a root: each has a folder of its own in it, locked while
 * it runs, and removes the folders of workers that died.
 */
public final class WorkFolder implements AutoCloseable {

    private static final String LOCK = "lock";

    private final Path own;
    private final FileChannel lock;

    private WorkFolder(Path own, FileChannel lock) {
        this.own = own;
        this.lock = lock;
    }

    /**
     * Takes a folder in {@code root} and clears away what dead workers left there.
     *
     * @throws UncheckedIOException when the root cannot be written
     */
    public static WorkFolder open(Path root) {
        try {
            Files.createDirectories(root);
            removeDead(root);
            Path own = Files.createDirectory(root.resolve("worker-" + UUID.randomUUID()));
            FileChannel channel =
                    FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new WorkFolder(own, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("encode.work-folder " + root + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Names this worker, unlike any other. */
    public String worker() {
        return own.getFileName().toString();
    }

    /** A folder that is there when it was {@link #empty emptied}. */
    public Path job(String name) {
        return own.resolve("job-" + name);
    }

    /** Makes a folder, or empties it. */
    public static void empty(Path folder) throws IOException {
        remove(folder);
        Files.createDirectory(folder);
    }

    /** Removes a folder with all that is in it; nothing happens when it is gone. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes this worker's folder. */
    @Override
    public void close() throws IOException {
        lock.close();
        remove(own);
    }

    private static void removeDead(Path root) throws IOException {
        List<Path> workers;
        try (Stream<Path> entries = Files.list(root)) {
            workers = entries.filter(entry -> entry.getFileName().toString().startsWith("worker-"))
                    .toList();
        }
        for (Path worker : workers) {
            if (!isAlive(worker)) {
                remove(worker);
            }
        }
    }

    private static boolean isAlive(Path worker) throws IOException {
        if (!Files.exists(worker.resolve(LOCK))) {
            // Just born: between its folder and its lock. A dead one is caught by the next start.
            return Files.getLastModifiedTime(worker).toMillis() > System.currentTimeMillis() - 60_000;
        }
        try (FileChannel channel = FileChannel.open(worker.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
