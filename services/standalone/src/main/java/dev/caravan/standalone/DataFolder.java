package dev.caravan.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder of a platform, held for one process as long as it lives. */
final class DataFolder implements AutoCloseable {

    /** Bytes that must be free before anything is started: the servers' own files take some 300 MB. */
    private static final long ROOM = 600L << 20;

    private final Path path;
    private final FileChannel channel;
    private final boolean isNew;

    private DataFolder(Path path, FileChannel channel, boolean isNew) {
        this.path = path;
        this.channel = channel;
        this.isNew = isNew;
    }

    /** @throws UsageException when another process has it, it can't be written, or the disk is full */
    static DataFolder take(Path path) {
        return take(path, ROOM);
    }

    static DataFolder take(Path path, long room) {
        try {
            Files.createDirectories(path);
            boolean isNew = !Files.exists(path.resolve("ready"));
            FileChannel channel = FileChannel.open(
                    path.resolve("platform.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new UsageException(
                        "Another Caravan runs on " + path + "; stop it or name another --data folder.");
            }
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < room) {
                channel.close();
                throw new UsageException("The disk of " + path + " is full: " + (free >> 20) + " MB are free, "
                        + (room >> 20) + " MB are needed.");
            }
            return new DataFolder(path, channel, isNew);
        } catch (IOException e) {
            throw new UsageException("The data folder " + path + " can't be used: " + e.getMessage());
        }
    }

    Path path() {
        return path;
    }

    Path path(String name) {
        return path.resolve(name);
    }

    /** Whether the platform has never been ready on it. */
    boolean isNew() {
        return isNew;
    }

    void markReady() {
        write("ready", "");
    }

    /** @throws UsageException when the file can't be written */
    void write(String name, String text) {
        try {
            Files.writeString(path.resolve(name), text);
        } catch (IOException e) {
            throw new UsageException("The data folder " + path + " can't be written: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The process ends; the kernel frees the lock.
        }
    }
}
