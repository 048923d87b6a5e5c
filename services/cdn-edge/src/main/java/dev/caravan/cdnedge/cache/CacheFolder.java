package dev.caravan.cdnedge.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a cache. Each name is a hash and a number, so that no key reaches the file system and no file is ever
 * written twice; one that is not whole ends in {@code .part}. What an edge left behind that died goes at the next start.
 */
final class CacheFolder implements AutoCloseable {

    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}-\\d+(\\.part)?");
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;
    private final FileChannel lock;
    private final AtomicLong number = new AtomicLong();

    private CacheFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws IOException when it can't be written, or is another edge's */
    static CacheFolder open(Path folder) throws IOException {
        Path absolute = Files.createDirectories(
                folder.toAbsolutePath(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel lock =
                FileChannel.open(absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            CacheFolder opened = new CacheFolder(absolute, lock);
            opened.empty();
            return opened;
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException("another edge has it", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** A file is seen under its name when it is whole, whatever happens meanwhile. */
    Path write(String key, Content content) throws IOException {
        String name = sha256(key) + "-" + number.incrementAndGet();
        Path part = folder.resolve(name + ".part");
        try {
            try (OutputStream file =
                    Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(file);
            }
            return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /** @throws BrokenOffException when it is the stream that fails */
    static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int length;
            try {
                length = from.read(buffer);
            } catch (IOException e) {
                throw new BrokenOffException(e);
            }
            if (length < 0) {
                return;
            }
            to.write(buffer, 0, length);
        }
    }

    private void empty() throws IOException {
        List<Path> ours;
        try (Stream<Path> files = Files.list(folder)) {
            ours = files.filter(
                            file -> OURS.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
        for (Path file : ours) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            empty();
        }
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a file is made of. */
    interface Content {
        void writeTo(OutputStream file) throws IOException;
    }

    /** The object store broke off, which is not the folder's fault. */
    static final class BrokenOffException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOffException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
