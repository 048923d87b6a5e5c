package dev.caravan.encode.job;

import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Plan;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One video on its way through the routes; what each step learnt, the next ones find here. */
public final class Job {

    private final UploadedVideo video;
    private final Path folder;
    private final Instant startedAt;
    private volatile int progress;
    private @Nullable Source source;
    private @Nullable Media media;
    private boolean ownThumbnail;
    private @Nullable Plan plan;
    private @Nullable EncodedVideo encoded;

    /**
     * The raw file in the object store.
     *
     * @param bytes its size
     * @param etag changes with its content
     */
    public record Source(long bytes, String etag) {}

    Job(UploadedVideo video, Path folder, Instant startedAt) {
        this.video = video;
        this.folder = folder;
        this.startedAt = startedAt;
    }

    /** What was asked. */
    public UploadedVideo video() {
        return video;
    }

    /** S3 key of the raw file. */
    public String sourceKey() {
        return "raw-videos/" + video.videoId();
    }

    /** S3 prefix of all that is made of it; without a slash at the end. */
    public String targetPrefix() {
        return "encoded-videos/" + video.videoId();
    }

    /** S3 key of the note that is written when all else is stored. */
    public String noteKey() {
        return targetPrefix() + "/" + FinishedNote.FILE;
    }

    /** S3 key of its picture: the owner's own, or the one that was taken from it. */
    public String thumbnail() {
        return ownThumbnail && video.thumbnailKey() != null
                ? video.thumbnailKey()
                : targetPrefix() + "/" + EncodeCommand.POSTER;
    }

    /** Where the raw file is, once it was fetched. */
    public Path sourceFile() {
        return folder.resolve("source");
    }

    /** The raw file as seen from the root of all work folders. */
    public String sourceName() {
        int depth = sourceFile().getNameCount();
        return sourceFile().subpath(depth - 3, depth).toString();
    }

    /** Where ffmpeg writes. */
    public Path outputFolder() {
        return folder.resolve("encoded");
    }

    /** Where all its files are, until it ends. */
    public Path folder() {
        return folder;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Per cent of the encoding. */
    public int progress() {
        return progress;
    }

    public void setProgress(int progress) {
        this.progress = progress;
    }

    public Source source() {
        return known(source);
    }

    public void setSource(Source source) {
        this.source = source;
    }

    public Media media() {
        return known(media);
    }

    public void setMedia(Media media) {
        this.media = media;
    }

    public Plan plan() {
        return known(plan);
    }

    public void setPlan(Plan plan) {
        this.plan = plan;
    }

    /** Whether the owner sent a picture of his own. */
    public boolean hasOwnThumbnail() {
        return ownThumbnail;
    }

    public void setOwnThumbnail(boolean ownThumbnail) {
        this.ownThumbnail = ownThumbnail;
    }

    /** Whether it is encoded, by this run or an earlier one. */
    public boolean isFinished() {
        return encoded != null;
    }

    public EncodedVideo encoded() {
        return known(encoded);
    }

    public void setEncoded(EncodedVideo encoded) {
        this.encoded = encoded;
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A route asked for something that no step before it has found out.");
        }
        return value;
    }
}
