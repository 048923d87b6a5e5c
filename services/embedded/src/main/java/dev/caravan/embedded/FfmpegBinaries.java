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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ffmpeg and an ffprobe that encode H.264 by x264 and AAC.
 *
 * @param ffmpeg the program's absolute path
 * @param ffprobe the program's absolute path
 * @param environment variables that both need in their environment
 * @param version as they say it, such as {@code 8.0.1}
 * @param bundled whether they came with this library
 */
public record FfmpegBinaries(
        Path ffmpeg, Path ffprobe, Map<String, String> environment, String version, boolean bundled) {

    private static final String VERSION = "8.0.1";
    private static final String FOLDER = "ffmpeg-" + VERSION;

    private static final Logger log = LoggerFactory.getLogger(FfmpegBinaries.class);

    /**
     * Unpacks the bundled pair, so that every machine decodes and encodes alike. Where it does not run, the system's on
     * PATH stands in.
     *
     * @param folder where the bundled one goes, once; 90 MB
     * @throws EmbeddedServerException when neither runs here
     */
    public static FfmpegBinaries locate(Path folder) {
        try {
            return bundled(folder);
        } catch (EmbeddedServerException e) {
            FfmpegBinaries system = system();
            if (system == null) {
                throw e;
            }
            log.warn("The system's ffmpeg stands in for the bundled one. {}", e.getMessage());
            return system;
        }
    }

    /**
     * The pair that somebody chose.
     *
     * @param program an ffmpeg by its name on PATH or by its path, with its ffprobe beside it
     * @throws EmbeddedServerException that says what is wrong with it
     */
    public static FfmpegBinaries named(String program) {
        return SystemFfmpeg.named(program);
    }

    /** The pair on PATH; null when there is none, or none that does what Caravan needs. */
    public static @Nullable FfmpegBinaries system() {
        try {
            return SystemFfmpeg.named("ffmpeg");
        } catch (EmbeddedServerException e) {
            return null;
        }
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
                programs.resolve("ffmpeg"),
                programs.resolve("ffprobe"),
                Map.of(searchPath, programs.toString()),
                VERSION,
                true);
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
