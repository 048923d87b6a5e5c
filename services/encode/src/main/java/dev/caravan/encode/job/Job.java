package dev.caravan.encode.job;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.FileTexts;
import dev.caravan.encode.media.Losses;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.RenditionGroup;
import dev.caravan.encode.picture.Thumbnail;
import dev.caravan.encode.presentation.Growth;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private @Nullable String thumbnailKey;
    private @Nullable Source thumbnailSource;
    private boolean ownThumbnail;
    private List<Thumbnail> thumbnails = List.of();
    private boolean storyboard;
    private Choice choice = Choice.NONE;
    private @Nullable Still still;
    private final List<String> warnings = new ArrayList<>();
    private List<FileTexts.Chapter> chapters = List.of();
    private Map<FileTexts.Track, String> captions = Map.of();
    private @Nullable Plan plan;
    private List<RenditionGroup> groups = List.of();
    private @Nullable Growth growth;
    private @Nullable Losses losses;
    private double encodingSeconds;
    private @Nullable EncodedVideo encoded;

    /**
     * A file in the object store.
     *
     * @param bytes its size
     * @param etag changes with its content
     */
    public record Source(long bytes, String etag) {}

    /**
     * A part of an encoded video.
     *
     * @param files that together can be decoded
     * @param second of that part; null for whichever is most like the others
     */
    public record Still(List<String> files, @Nullable Double second) {}

    /** @param nanoTime the clock of leases, which no change of the time of day moves */
    Job(Attempt attempt, Path folder, Instant startedAt, LongSupplier nanoTime, long heldUntil) {
        this.attempt = attempt;
        this.folder = folder;
        this.startedAt = startedAt;
        this.nanoTime = nanoTime;
        this.heldUntil = heldUntil;
        UploadedVideo.Picture thumbnail = attempt.video().thumbnail();
        this.thumbnailKey = thumbnail == null ? null : thumbnail.key();
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

    /** Where the raw file is, once it was fetched. */
    public Path sourceFile() {
        return folder.resolve("source");
    }

    /** The raw file as seen from the root of all work folders. */
    public String sourceName() {
        return name(sourceFile());
    }

    /** Where the owner's picture is, once it was fetched: as he sent it, so for the jail alone. */
    public Path thumbnailFile() {
        return folder.resolve("thumbnail");
    }

    /** The owner's picture as seen from the root of all work folders. */
    public String thumbnailName() {
        return name(thumbnailFile());
    }

    /** Where the part of the encoded video is that its picture is taken from. */
    public Path stillFile() {
        return folder.resolve("still.mp4");
    }

    /** Where the sizes of its picture are, once they were made. */
    public Path thumbnailFolder() {
        return folder.resolve("thumbnails");
    }

    private static String name(Path file) {
        int depth = file.getNameCount();
        return file.subpath(depth - 3, depth).toString();
    }

    /** Where ffmpeg writes. */
    public Path outputFolder() {
        return folder.resolve("encoded");
    }

    /** A file of that folder as seen from the root of all work folders. */
    public String outputName(String file) {
        return name(outputFolder()) + "/" + file;
    }

    /** What is fetched by a playlist, as one file. */
    public Path trackFile(String playlist) {
        return outputFolder().resolve(playlist + ".mp4");
    }

    /** Where a file is made that is downloaded. */
    public Path downloadFile() {
        return folder.resolve("download.mp4");
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

    /** @param groups it in the order in which it is made */
    public void setPlan(Plan plan, List<RenditionGroup> groups) {
        this.plan = plan;
        this.groups = groups;
    }

    /** What is planned, in the order in which it is made. */
    public List<RenditionGroup> groups() {
        return groups;
    }

    /** What can be played of it by now; null when nothing is before all is done. */
    public @Nullable Growth growth() {
        return growth;
    }

    public void setGrowth(@Nullable Growth growth) {
        this.growth = growth;
    }

    /** What of the video could not be read. */
    public Losses losses() {
        return known(losses);
    }

    public void setLosses(Losses losses) {
        this.losses = losses;
    }

    /** How long ffmpeg has encoded. */
    public double encodingSeconds() {
        return encodingSeconds;
    }

    public void setEncodingSeconds(double encodingSeconds) {
        this.encodingSeconds = encodingSeconds;
    }

    /** What the owner chose since he uploaded the video. */
    public Choice choice() {
        return choice;
    }

    /** Has another picture made than the one that came with the upload, if another was chosen. */
    public void setChoice(Choice choice) {
        this.choice = choice;
        if (choice.isMade()) {
            thumbnailKey = null;
        }
    }

    /** Whether a picture that the owner sent is to be made anew. */
    public boolean wantsOwnThumbnail() {
        return thumbnailKey != null || choice.picture() != null;
    }

    /** Where in the encoded video its picture is taken. */
    public Still still() {
        return known(still);
    }

    public void setStill(Still still) {
        this.still = still;
    }

    /** S3 key of the picture that is to be made anew; null for none. */
    public @Nullable String thumbnailKey() {
        return thumbnailKey;
    }

    public void setThumbnailKey(@Nullable String thumbnailKey) {
        this.thumbnailKey = thumbnailKey;
    }

    /** What is at that key; null when nothing is that may be taken. */
    public @Nullable Source thumbnailSource() {
        return thumbnailSource;
    }

    public void setThumbnailSource(Source thumbnailSource) {
        this.thumbnailSource = thumbnailSource;
    }

    /** Whether its picture is one that the owner sent. */
    public boolean hasOwnThumbnail() {
        return ownThumbnail;
    }

    /** The owner's picture, made anew, as JPEG in its largest size; null when there is none. */
    public @Nullable Path ownPicture() {
        return ownThumbnail ? thumbnailFolder().resolve(thumbnails.get(0).file()) : null;
    }

    /** The files in {@link #thumbnailFolder}, the main one first; none without a picture. */
    public List<Thumbnail> thumbnails() {
        return thumbnails;
    }

    /** @param own whether they are of a picture that the owner sent */
    public void setThumbnails(List<Thumbnail> thumbnails, boolean own) {
        this.thumbnails = thumbnails;
        this.ownThumbnail = own;
    }

    /** Whether what was encoded has a storyboard. */
    public boolean hasStoryboard() {
        return storyboard;
    }

    public void setStoryboard(boolean storyboard) {
        this.storyboard = storyboard;
    }

    /** What the owner should know of what he sent, in sentences. */
    public List<String> warnings() {
        return warnings;
    }

    /** Tells the owner something, once. */
    public void warn(String sentence) {
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    /** Of the file, in the time of the video. */
    public List<FileTexts.Chapter> chapters() {
        return chapters;
    }

    public void setChapters(List<FileTexts.Chapter> chapters) {
        this.chapters = chapters;
    }

    /** Of the file, as WebVTT. */
    public Map<FileTexts.Track, String> captions() {
        return captions;
    }

    public void setCaptions(Map<FileTexts.Track, String> captions) {
        this.captions = captions;
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
