package dev.caravan.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * An ffmpeg and an ffprobe that encode H.264 by x264 and AAC.
 *
 * @param ffmpeg the program's absolute path
 * @param ffprobe the program's absolute path
 * @param environment variables that both need in their environment
 */
public record FfmpegBinaries(Path ffmpeg, Path ffprobe, Map<String, String> environment) {
    /** The system property that, when {@code true}, passes over an ffmpeg of the system. */
    public static final String FORCE_BUNDLED = "caravan.embedded.ffmpeg.bundled";

    private static final String FOLDER = "ffmpeg-8.0.1";

    /**
     * Finds the system's ffmpeg on PATH when it has version 5 or newer, libx264, aac and an ffprobe, else unpacks the
     * bundled one.
     *
     * @param folder where the bundled one goes, once; 90 MB
     * @throws EmbeddedServerException when there is none for this machine, or it does not run
     */
    public static FfmpegBinaries locate(Path folder) {
        FfmpegBinaries system = Boolean.getBoolean(FORCE_BUNDLED) ? null : SystemFfmpeg.find();
        return system == null ? bundled(folder) : system;
    }

    private static FfmpegBinaries bundled(Path folder) {
        Platform platform = Platform.current();
        String source = "/org/bytedeco/ffmpeg/" + platform.bytedecoName() + "-gpl/";
        Path programs = Binaries.unpacked(folder, FOLDER, target -> {
            copyAll(source, target);
            if (platform.os().equals("linux")) {
                StubLibrary.writeMissing(target, platform);
            }
        });
        String searchPath = platform.os().equals("linux") ? "LD_LIBRARY_PATH" : "DYLD_LIBRARY_PATH";
        FfmpegBinaries found = new FfmpegBinaries(
                programs.resolve("ffmpeg"), programs.resolve("ffprobe"), Map.of(searchPath, programs.toString()));
        for (Path program : List.of(found.ffmpeg, found.ffprobe)) {
            CommandOutput run = CommandOutput.of(List.of(program.toString(), "-version"), found.environment);
            if (run.code() != 0) {
                throw new EmbeddedServerException(
                        "The bundled " + program + " does not run on this machine: " + run.text());
            }
        }
        return found;
    }

    private static void copyAll(String source, Path target) throws IOException {
        URL program = FfmpegBinaries.class.getResource(source + "ffmpeg");
        URLConnection connection = program == null ? null : program.openConnection();
        if (!(connection instanceof JarURLConnection inJar)) {
            throw new IOException("no ffmpeg for this machine is on the class path (" + source + ")");
        }
        inJar.setUseCaches(false);
        try (JarFile jar = inJar.getJarFile()) {
            for (JarEntry entry : jar.stream().toList()) {
                String file = fileOf(entry, source.substring(1));
                if (file != null) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        Binaries.copy(in, target.resolve(file));
                    }
                }
            }
        }
    }

    /** Returns the name of a program or library, or null for what only Java bindings need. */
    private static @Nullable String fileOf(JarEntry entry, String folder) {
        if (entry.isDirectory() || !entry.getName().startsWith(folder)) {
            return null;
        }
        String file = entry.getName().substring(folder.length());
        return file.contains("/") || file.startsWith("libjni") ? null : file;
    }
}
