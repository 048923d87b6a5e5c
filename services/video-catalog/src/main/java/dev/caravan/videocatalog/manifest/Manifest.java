package dev.caravan.videocatalog.manifest;

import dev.caravan.kernel.Fault;
import dev.caravan.videocatalog.message.VideoId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which manifest is asked for.
 *
 * @param folder S3 prefix of the video or of one attempt at encoding it, without a slash at its end
 * @param video the id that the upload gave the video
 * @param file name of the manifest in it
 */
public record Manifest(String folder, String video, String file) {

    static final String VARIABLE = "manifest";

    /** Of a name's characters none is percent-encoded, and none begins with a dot. */
    private static final String NAME = VideoId.PATTERN;

    private static final Pattern PATH = Pattern.compile(
            "/manifests/(encoded-videos/(" + NAME + ")(?:/[1-9][0-9]{0,9})?)/(" + NAME + "\\.(?:mpd|m3u8))");

    /**
     * @param path of the HTTP request, as sent
     * @throws Fault {@code NOT_FOUND} when it can't be a manifest's
     */
    static Manifest at(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw Fault.notFound("MANIFEST_UNKNOWN", "There is no such manifest.");
        }
        return new Manifest(matcher.group(1), matcher.group(2), matcher.group(3));
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
