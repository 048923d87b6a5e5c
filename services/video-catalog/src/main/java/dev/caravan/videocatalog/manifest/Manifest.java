package dev.caravan.videocatalog.manifest;

import dev.caravan.kernel.Fault;
import dev.caravan.videocatalog.caption.LanguageTag;
import dev.caravan.videocatalog.message.VideoId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which manifest is asked for.
 *
 * @param folder S3 prefix of the video or of one attempt at encoding it, without a slash at its end
 * @param video the id that the upload gave the video
 * @param attempt whose folder it is; 0 when it has none
 * @param file name of the manifest in it
 */
public record Manifest(String folder, String video, int attempt, String file) {

    static final String VARIABLE = "manifest";

    /** Of a name's characters none is percent-encoded, and none begins with a dot. */
    private static final String NAME = VideoId.PATTERN;

    private static final Pattern PATH = Pattern.compile(
            "/manifests/(encoded-videos/(" + NAME + ")(?:/([1-9][0-9]{0,8}))?)/(" + NAME + "\\.(?:mpd|m3u8|vtt))");
    private static final Pattern CAPTIONS = Pattern.compile("captions-(" + LanguageTag.PATTERN + ")\\.(?:m3u8|vtt)");

    /**
     * @param path of the HTTP request, as sent
     * @throws Fault {@code NOT_FOUND} when it can't be a manifest's
     */
    static Manifest at(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw Fault.notFound("MANIFEST_UNKNOWN", "There is no such manifest.");
        }
        String attempt = matcher.group(3);
        return new Manifest(
                matcher.group(1), matcher.group(2), attempt == null ? 0 : Integer.parseInt(attempt), matcher.group(4));
    }

    /** S3 key. */
    public String key() {
        return folder + "/" + file;
    }

    /** The language of the captions whose text or playlist it is; null when it is what the encoder made. */
    public @Nullable String captions() {
        Matcher matcher = CAPTIONS.matcher(file);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Whether it is WebVTT: the text of captions, or of a storyboard. */
    public boolean isText() {
        return file.endsWith(".vtt");
    }

    boolean isDash() {
        return file.endsWith(".mpd");
    }

    String contentType() {
        if (isText()) {
            return "text/vtt; charset=utf-8";
        }
        return isDash() ? "application/dash+xml" : "application/vnd.apple.mpegurl";
    }
}
