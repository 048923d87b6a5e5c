package dev.caravan.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An object store, in a process of its own for services that are so too, and the ffmpeg of this machine. It says where both are
 * and ends with its input, so with whoever started it.
 */
public final class EmbeddedProgram {

    private EmbeddedProgram() {}

    /**
     * Starts it.
     *
     * @param arguments the folder, the port (0 for a free one), the bucket; the environment has the keys, {@code S3_ACCESS_KEY}
     *     and {@code S3_SECRET_KEY}
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        FfmpegBinaries ffmpeg = FfmpegBinaries.locate(folder.resolve("ffmpeg"));
        try (ObjectStoreServer store = ObjectStoreServer.start(
                folder.resolve("s3"),
                Integer.parseInt(arguments[1]),
                System.getenv().getOrDefault("S3_ACCESS_KEY", ""),
                System.getenv().getOrDefault("S3_SECRET_KEY", ""))) {
            store.createBucket(arguments[2]);
            ffmpeg.environment()
                    .forEach((name, value) -> System.out.println("ffmpeg-environment " + name + " " + value));
            System.out.println("ffmpeg " + ffmpeg.ffmpeg());
            System.out.println("s3 " + store.endpoint());
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
        // The server's threads would go on.
        System.exit(0);
    }
}
