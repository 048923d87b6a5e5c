package dev.caravan.encode.job;

import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Plan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One video on its way through the routes; what each step learnt, the next ones find here. */
public final class Job {

    private final Attempt attempt;
    private final Path folder;
    private final Instant startedAt;
    private final LongSupplier nanoTime;
    private volatile long heldUntil;
    private volatile @Nullable String lost;
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

    /** @param nanoTime the clock of leases, which no change of the time of day moves */
    Job(Attempt attempt, Path folder, Instant startedAt, LongSupplier nanoTime, long heldUntil) {
        this.attempt = attempt;
        this.folder = folder;
        this.startedAt = startedAt;
        this.nanoTime = nanoTime;
        this.heldUntil = heldUntil;
    }

    /** Which try of which job it is. */
    public Attempt attempt() {
        return attempt;
    }

    @Override
    public String toString() {
        return attempt.toString();
    }

    /** What was asked. */
    public UploadedVideo video() {
        return attempt.video();
    }

    /** The lease was renewed. */
    void holdUntil(long nanos) {
        heldUntil = nanos;
    }

    /** Whoever works at it has to end; the first reason counts. */
    synchronized void lose(String why) {
        if (lost == null) {
            lost = why;
        }
    }

    /**
     * Lets whoever works at it go on.
     *
     * @throws JobLostException when it may be somebody else's by now
     */
    public void ensureHeld() {
        String why = lost;
        if (why == null && nanoTime.getAsLong() - heldUntil > 0) {
            why = "Its lease could not be renewed in time.";
        }
        if (why != null) {
            throw new JobLostException(why);
        }
    }

    /** S3 key of the raw file. */
    public String sourceKey() {
        return "raw-videos/" + attempt.videoId();
    }

    /** S3 prefix of all that is made of it; without a slash at the end. */
    public String targetPrefix() {
        return attempt.targetPrefix();
    }

    /** S3 key of its picture: the owner's own, or the one that was taken from it. */
    public String thumbnail() {
        String own = video().thumbnailKey();
        return ownThumbnail && own != null ? own : targetPrefix() + "/" + EncodeCommand.POSTER;
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
