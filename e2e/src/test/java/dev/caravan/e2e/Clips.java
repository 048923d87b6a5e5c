package dev.caravan.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Videos made on the spot with the platform's own ffmpeg. */
final class Clips {

    private Clips() {}

    /** Seconds of moving picture and a tone. */
    static byte[] video(Platform platform, int seconds, String size) {
        return make(
                platform,
                ("-f lavfi -i testsrc2=size=" + size + ":rate=25:duration=" + seconds
                                + " -f lavfi -i sine=frequency=440:duration=" + seconds
                                + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -shortest")
                        .split(" "));
    }

    /** Longer than anybody encodes it in a moment: six seconds, again and again. */
    static byte[] loop(Platform platform, int times, String size) {
        Path part = Path.of("target", "loop-" + UUID.randomUUID() + ".mp4");
        try {
            Files.write(part, video(platform, 6, size));
            return makeFile(
                    platform, ".mp4", "-stream_loop", Integer.toString(times - 1), "-i", part.toString(), "-c", "copy");
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            part.toFile().delete();
        }
    }

    /** With a sound in German, in 5.1, and one in English that describes what is seen. */
    static byte[] languages(Platform platform, int seconds) {
        return makeFile(
                platform,
                ".mkv",
                ("-f lavfi -i testsrc2=size=426x240:rate=25:duration=" + seconds
                                + " -f lavfi -i sine=frequency=440:duration=" + seconds
                                + " -f lavfi -i sine=frequency=880:duration=" + seconds
                                + " -map 0 -map 1 -map 2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac:a:0 6"
                                + " -metadata:s:a:0 language=ger -metadata:s:a:1 language=eng"
                                + " -disposition:a:1 visual_impaired")
                        .split(" "));
    }

    static byte[] gif(Platform platform) {
        return makeFile(platform, ".gif", "-f lavfi -i testsrc2=size=160x90:rate=5:duration=2".split(" "));
    }

    static byte[] thumbnail(Platform platform) {
        return makeFile(platform, ".jpg", "-f lavfi -i testsrc2=size=320x180:rate=1:duration=1 -frames:v 1".split(" "));
    }

    private static byte[] make(Platform platform, String... arguments) {
        return makeFile(platform, ".mp4", arguments);
    }

    private static byte[] makeFile(Platform platform, String suffix, String... arguments) {
        try {
            Path file = Files.createTempFile(Path.of("target"), "clip", suffix);
            List<String> command = new ArrayList<>(List.of(platform.ffmpeg(), "-nostdin", "-y", "-v", "error"));
            command.addAll(Arrays.asList(arguments));
            command.add(file.toString());
            run(command);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Runs the platform's ffmpeg or ffprobe.
     *
     * @return what it said on stdout
     */
    static String say(Platform platform, String tool, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(platform.ffmpeg()).resolveSibling(tool).toString(), "-v", "error"));
        command.addAll(Arrays.asList(arguments));
        try {
            return run(command);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many seconds the platform's ffmpeg decodes of what these arguments name, which has no fault. */
    static double played(Platform platform, String... input) {
        List<String> arguments = new ArrayList<>(List.of("-xerror"));
        arguments.addAll(List.of(input));
        arguments.addAll(List.of("-f", "null", "-progress", "pipe:1", "-"));
        String[] times =
                say(platform, "ffmpeg", arguments.toArray(String[]::new)).split("out_time_us=");
        String last = times[times.length - 1];
        return Long.parseLong(last.substring(0, last.indexOf('\n'))) / 1e6;
    }

    /** What it complains of is shown when it fails: of the streams that it leaves aside, ffmpeg always does. */
    private static String run(List<String> command) throws IOException {
        Path complaints = Files.createTempFile(Path.of("target"), "complaints", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(new File("/dev/null")).redirectError(complaints.toFile());
        builder.environment()
                .put("LD_LIBRARY_PATH", Path.of(command.get(0)).getParent().toString());
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("This failed: " + command + "\n" + Files.readString(complaints));
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
            Files.delete(complaints);
        }
    }
}
