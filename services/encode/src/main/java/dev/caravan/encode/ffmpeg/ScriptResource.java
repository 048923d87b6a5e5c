package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the scripts that lie beside these classes. */
final class ScriptResource {

    private ScriptResource() {}

    static String read(String name) throws IOException {
        try (InputStream script = ScriptResource.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IOException(name + " is missing on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
