package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What is in a folder.
 *
 * @param bytes of all files in it
 * @param plain whether there is nothing but files and folders
 */
public record DiskUse(long bytes, boolean plain) {

    /** Looks at a folder that may change meanwhile. Follows no link. */
    public static DiskUse of(Path folder) throws IOException {
        Count count = new Count();
        Files.walkFileTree(folder, count);
        return new DiskUse(count.bytes, count.plain);
    }

    private static final class Count extends SimpleFileVisitor<Path> {
        private long bytes;
        private boolean plain = true;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            plain &= attributes.isRegularFile();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // Gone since its folder was read: ffmpeg writes manifests under another name first.
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
