package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments that go before every input: nothing but a plain container is read, nothing but this one file, and
 * nothing of a size that only an attack has.
 */
final class HostileInput {

    /** Without it a playlist or a concat script that is named like a video would be followed. */
    private static final String CONTAINERS =
            "mov,matroska,mpegts,avi,flv,ogg,mpeg,asf,gif,mp3,aac,flac,wav,w64,aiff,ac3,amr";

    private static final String LARGEST_ALLOCATION = Long.toString(512L << 20);

    /** How far is looked for streams, so that one which begins late is found: bytes, and microseconds. */
    private static final List<String> FAR_SIGHTED = List.of("-probesize", "50000000", "-analyzeduration", "60000000");

    private HostileInput() {}

    /** Before what an uploader sent: the file itself, a part of it, or our list of its {@link Parts}. */
    static List<String> guards(Input input, long maxPixels) {
        List<String> guards = new ArrayList<>(guards(
                maxPixels,
                input.isList() ? "concat," + CONTAINERS : CONTAINERS,
                input.isList() || input.isPart() ? "file,subfile" : "file"));
        guards.addAll(FAR_SIGHTED);
        if (input.isList()) {
            guards.addAll(List.of("-f", "concat", "-safe", "0"));
        }
        return guards;
    }

    /** Before what was made of it. */
    static List<String> guards(long maxPixels, String container) {
        return guards(maxPixels, container, "file");
    }

    private static List<String> guards(long maxPixels, String containers, String protocols) {
        return List.of(
                "-max_alloc",
                LARGEST_ALLOCATION,
                "-protocol_whitelist",
                protocols,
                "-format_whitelist",
                containers,
                "-max_pixels",
                Long.toString(maxPixels));
    }
}
