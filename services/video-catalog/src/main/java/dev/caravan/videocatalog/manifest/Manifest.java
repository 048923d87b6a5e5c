package dev.caravan.videocatalog.manifest;

import dev.caravan.kernel.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which manifest is asked for.
 *
 * @param folder S3 prefix of the video, without a slash at its end
 * @param file name of the manifest in it
 */
public record Manifest(String folder, String file) {

    static final String VARIABLE = "manifest";

    /** Of a name's characters none is percent-encoded, and none begins with a dot. */
    private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";

    private static final Pattern PATH =
            Pattern.compile("/manifests/(encoded-videos/" + NAME + ")/(" + NAME + "\\.(?:mpd|m3u8))");

    /**
     * @param path of the HTTP request, as sent
     * @throws Fault {@code NOT_FOUND} when it can't be a manifest's
     */
    static Manifest at(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw Fault.notFound("MANIFEST_UNKNOWN", "There is no such manifest.");
        }
        return new Manifest(matcher.group(1), matcher.group(2));
    }

    /** S3 key. */
    public String key() {
        return folder + "/" + file;
    }

    boolean isDash() {
        return file.endsWith(".mpd");
    }

    String contentType() {
        return isDash() ? "application/dash+xml" : "application/vnd.apple.mpegurl";
    }
}
