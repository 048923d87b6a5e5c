package dev.caravan.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Programs from the class path, unpacked once.
 *
 * <p>They go below the server's own folder, or, when the system property {@value #SHARED_FOLDER} names one, below that: so
 * many test runs unpack them once.
 */
final class Binaries {
    static final String SHARED_FOLDER = "caravan.embedded.binaries";

    private static final Object IN_THIS_MACHINE = new Object();

    private Binaries() {}

    /** Fills a new, empty folder. */
    @FunctionalInterface
    interface Unpacker {
        void unpackInto(Path folder) throws IOException;
    }

    /**
     * Returns the folder with the unpacked programs.
     *
     * @param folder the server's folder
     * @param name the folder's name, which carries the version
     * @param unpacker called when there is no such folder yet; what it leaves half-done is thrown away
     */
    static Path unpacked(Path folder, String name, Unpacker unpacker) {
        String shared = System.getProperty(SHARED_FOLDER, "");
        Path parent = (shared.isBlank() ? folder : Path.of(shared)).toAbsolutePath();
        Path target = parent.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        synchronized (IN_THIS_MACHINE) {
            try {
                Files.createDirectories(parent);
                unpackAlone(target, unpacker);
                return target;
            } catch (IOException | UncheckedIOException e) {
                throw new EmbeddedServerException(name + " could not be unpacked into " + parent + ": " + e, e);
            }
        }
    }

    private static void unpackAlone(Path target, Unpacker unpacker) throws IOException {
        Path lockFile = target.resolveSibling(target.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (Files.isDirectory(target)) {
                return;
            }
            Path draft = target.resolveSibling(target.getFileName() + ".new");
            deleteTree(draft);
            Files.createDirectory(draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpacker.unpackInto(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Copies a resource of the class path into an executable file. */
    static void copy(String resource, Path file) throws IOException {
        try (InputStream in = open(resource)) {
            copy(in, file);
        }
    }

    /** Copies a stream into an executable file. */
    static void copy(InputStream in, Path file) throws IOException {
        Files.copy(in, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Opens a resource of the class path. */
    static InputStream open(String resource) throws IOException {
        InputStream in = Binaries.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException(resource + " is not on the class path");
        }
        return in;
    }

    /** Deletes a folder and all below it, when it is there. */
    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
