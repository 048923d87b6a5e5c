package dev.caravan.kernel.route;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares looking through folders in which nothing has changed. Where the operating system does not say at once what does, as
 * Linux alone does, everything may have; and now and then it may have everywhere, because no file system of another machine
 * tells what is changed there.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final int SURE_EVERY = 10;

    private final List<Path> roots;
    private final int depth;
    private final @Nullable WatchService changes;
    private int asked;

    /** @param depth of the folders below each root */
    FolderWatch(List<Path> roots, int depth) {
        this.roots = roots;
        this.depth = depth;
        this.changes = open();
    }

    private static @Nullable WatchService open() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.debug("There are too many that watch folders", e);
            return null;
        }
    }

    /** Whether anything may have changed since this was asked the last time. */
    boolean mayHaveChanged() {
        if (changes == null) {
            return true;
        }
        boolean told = asked++ % SURE_EVERY == 0;
        for (WatchKey key = changes.poll(); key != null; key = changes.poll()) {
            told = true;
            key.pollEvents();
            key.reset();
        }
        if (told) {
            roots.forEach(root -> watch(root, changes));
        }
        return told;
    }

    /** Folders that are watched already stay so. */
    private void watch(Path root, WatchService changes) {
        try (Stream<Path> files = Files.walk(root, depth)) {
            for (Path folder : files.filter(Files::isDirectory).toList()) {
                folder.register(
                        changes,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be watched", root, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (changes != null) {
            changes.close();
        }
    }
}
