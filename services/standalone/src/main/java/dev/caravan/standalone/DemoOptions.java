package dev.caravan.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What {@code demo} was asked for.
 *
 * @param video file to put through the platform
 * @param data folder of the running platform
 */
record DemoOptions(Path video, Path data) {

    /** @throws UsageException on anything unknown, and when there is no such file */
    static DemoOptions parse(String... args) {
        Path video = null;
        Path data = Path.of(".caravan");
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String word = rest.pop();
            if (word.equals("--data")) {
                data = Path.of(UpOptions.value(word, rest));
            } else if (word.startsWith("--") || video != null) {
                throw new UsageException("There is no option " + word + " of ./caravan demo.");
            } else {
                video = Path.of(word);
            }
        }
        if (video == null) {
            throw new UsageException("./caravan demo needs a video file.");
        }
        if (!Files.isReadable(video) || Files.isDirectory(video)) {
            throw new UsageException("There is no file " + video + " that can be read.");
        }
        return new DemoOptions(video, data.toAbsolutePath().normalize());
    }
}
