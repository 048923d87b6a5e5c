package dev.caravan.encode.media;

import java.util.List;

/**
 * The arguments that go before every input: nothing but a plain container is read, nothing but this one file, and
 * nothing of a size that only an attack has.
 */
final class HostileInput {

    /** Without it a playlist or a concat script that is named like a video would be followed. */
    private static final String CONTAINERS = "mov,matroska,mpegts,avi,flv,ogg,mpeg,asf";

    private static final String LARGEST_ALLOCATION = Long.toString(512L << 20);

    private HostileInput() {}

    static List<String> guards(long maxPixels) {
        return List.of(
                "-max_alloc",
                LARGEST_ALLOCATION,
                "-protocol_whitelist",
                "file",
                "-format_whitelist",
                CONTAINERS,
                "-max_pixels",
                Long.toString(maxPixels));
    }
}
