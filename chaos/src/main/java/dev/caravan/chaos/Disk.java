package dev.caravan.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk of its own for the encoder's files, where this user may mount one. */
final class Disk implements AutoCloseable {

    private static final String SIZE = "64m";

    private final Path folder;
    private final boolean mounted;

    Disk(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    }

    /** Takes away what a run that was killed has left. */
    static void release(Path folder) throws Exception {
        run("umount", "-l", folder.toString());
    }

    /** Whether it can be filled without harm to others. */
    boolean isOwn() {
        return mounted;
    }

    void fill() throws IOException {
        byte[] block = new byte[1 << 20];
        try (OutputStream file = Files.newOutputStream(folder.resolve("full"))) {
            for (; ; ) {
                file.write(block);
            }
        } catch (IOException e) {
            // That is what was wanted: it is full.
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(folder.resolve("full"));
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    @Override
    public void close() throws Exception {
        if (mounted) {
            run("umount", "-l", folder.toString());
        }
    }
}
