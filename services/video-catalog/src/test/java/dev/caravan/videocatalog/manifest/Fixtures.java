package dev.caravan.videocatalog.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Manifests as ffmpeg writes them: master.mpd, master.m3u8 and media_0.m3u8 are of one run with the encoder's options. */
public final class Fixtures {

    /** The variable of the manifest that is asked for. */
    public static final String MANIFEST = Manifest.VARIABLE;

    private Fixtures() {}

    /** What a path asks for. */
    public static Manifest manifest(String path) {
        return Manifest.at(path);
    }

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(Path.of("src", "test", "resources", "manifests", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String name) {
        return new String(bytes(name), UTF_8);
    }
}
