package dev.caravan.cdnedge.cache;

import java.nio.file.Path;

/** An object whose bytes are in a file. */
public final class KeptObject {

    private final StoredObject about;
    private final Path file;
    private volatile long confirmed;

    KeptObject(StoredObject about, Path file, long confirmed) {
        this.about = about;
        this.file = file;
        this.confirmed = confirmed;
    }

    public StoredObject about() {
        return about;
    }

    public Path file() {
        return file;
    }

    /** When the object store was asked that last said that it has this object; of the clock of {@link System#nanoTime}. */
    long confirmed() {
        return confirmed;
    }

    void confirm(long time) {
        confirmed = time;
    }

    /** Whether nobody has removed the file but the cache itself. */
    boolean isThere() {
        return file.toFile().length() == about.length();
    }
}
