package dev.caravan.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, from the archive on the class path that fits this machine. */
final class PostgresBinaries {
    private static final String FOLDER = "postgresql-17.11";

    private PostgresBinaries() {}

    /** Returns the folder with bin, lib and share, after unpacking it when it is not there. */
    static Path unpacked(Path folder) {
        Platform platform = Platform.current();
        String archive = "/postgres-" + platform.os() + "-" + platform.postgresArch() + ".txz";
        return Binaries.unpacked(folder, FOLDER, target -> {
            try (InputStream in = Binaries.open(archive);
                    XZInputStream xz = new XZInputStream(new BufferedInputStream(in));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(xz, 1 << 16))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (!entry.getName().endsWith(".a")) {
                        unpack(entry, tar, target);
                    }
                }
            }
        });
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the archive names a file outside: " + entry.getName());
        }
        if (entry.isDirectory()) {
            createFolders(folder, target);
            return;
        }
        createFolders(folder, target.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            permit(target, executable ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    /** The server may run as another user, so all must be readable whatever this process' umask is. */
    private static void createFolders(Path root, Path folder) throws IOException {
        Path current = root;
        for (Path name : root.relativize(folder)) {
            current = current.resolve(name);
            if (!Files.isDirectory(current)) {
                Files.createDirectory(current);
                permit(current, "rwxr-xr-x");
            }
        }
    }

    private static void permit(Path file, String permissions) throws IOException {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        Files.setPosixFilePermissions(file, set);
    }
}
