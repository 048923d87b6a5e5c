package dev.caravan.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a server's folder for one virtual machine. The kernel frees it when the machine ends, however it ends, so whoever
 * holds it knows that a process still running on the folder is nobody's.
 */
final class FolderLock implements AutoCloseable {
    /** For data that only this user reads. */
    static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    /** For a folder that others pass through, to what is theirs. */
    static final Set<PosixFilePermission> PASSAGE = PosixFilePermissions.fromString("rwx--x--x");

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the folder when missing and takes it.
     *
     * @param server what people call the server, for messages
     * @param permissions who may enter a new folder
     * @throws EmbeddedServerException when another start holds it, or the folder can't be written
     */
    static FolderLock take(Path folder, String server, Set<PosixFilePermission> permissions) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, permissions);
            }
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new EmbeddedServerException(
                        "The folder " + folder + " is in use: another Caravan runs its " + server + " there.");
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new EmbeddedServerException("The folder " + folder + " can't be used for " + server + ": " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedServerException("A folder's lock could not be released: " + e, e);
        }
    }
}
