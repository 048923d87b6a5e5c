package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodingStyle;
import dev.caravan.encode.media.RenditionGroup;
import dev.caravan.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be played of a group of renditions while ffmpeg makes it: the segments that its manifest names already, each of
 * which was read as a player reads it. Used by one thread.
 */
public final class Growth {

    private static final Logger log = LoggerFactory.getLogger(Growth.class);

    /** What the manifests of all take on their way is not more than this, however long the video and however often they grow. */
    private static final long BYTES_A_SECOND = 20_000;

    private final Path folder;
    private final OutputFolder files;
    private final RenditionGroup group;
    private final int longest;
    private final LongSupplier nanoTime;
    private final Set<String> checked = new HashSet<>();
    private final Set<Path> stored = new HashSet<>();
    private @Nullable FileTime read;
    private @Nullable Length length;
    private boolean over;
    private boolean broken;
    private long nextAt;

    /**
     * What can be played.
     *
     * @param seconds from the beginning
     * @param whole whether no more comes
     * @param presentation of which tracks
     * @param manifests by their names
     */
    public record Length(double seconds, boolean whole, Presentation presentation, Map<String, String> manifests) {}

    /**
     * Nothing yet.
     *
     * @param folder that ffmpeg writes into
     * @param group what it makes
     */
    public Growth(Path folder, RenditionGroup group, EncodingStyle style, LongSupplier nanoTime) {
        this.folder = folder;
        this.files = new OutputFolder(folder);
        this.group = group;
        // Lengths are whole frames and packets, which may be more than the whole number of seconds.
        this.longest = style.segmentSeconds() + 1;
        this.nanoTime = nanoTime;
        this.nextAt = nanoTime.getAsLong();
    }

    /** Nothing more is written. */
    public void end() {
        over = true;
        read = null;
        nextAt = nanoTime.getAsLong();
    }

    /** Looks whether there is more that is worth being told; {@link #length} says what, and {@link #files} where. */
    public boolean grows() throws IOException {
        Path manifest = folder.resolve(group.manifest());
        if (broken || nanoTime.getAsLong() - nextAt < 0 || !Files.exists(manifest)) {
            return false;
        }
        FileTime changed = Files.getLastModifiedTime(manifest);
        if (changed.equals(read)) {
            return false;
        }
        read = changed;
        try {
            return look(DashManifest.read(manifest));
        } catch (Fault e) {
            // The end will say whether it plays.
            log.info("No more of it is played before it is done: {}", e.getMessage());
            broken = true;
            return false;
        }
    }

    private boolean look(DashManifest dash) throws IOException {
        dash.identify(group.prefix());
        Presentation presentation = dash.presentation();
        List<Track> tracks = presentation.tracks();
        int planned = group.plan().rungs().size() + group.plan().sounds().size();
        if (tracks.size() != planned
                || tracks.stream().anyMatch(track -> track.segments().isEmpty())) {
            return false;
        }
        double seconds = tracks.stream().mapToDouble(Track::end).min().orElse(0);
        Length before = length;
        if (before != null && seconds <= before.seconds() && over == before.whole()) {
            return false;
        }
        for (Track track : tracks) {
            check(track);
        }
        Map<String, String> manifests = Manifests.ofGroup(
                dash, group.plan().sounds(), over, group.plan().media().seconds(), longest);
        length = new Length(seconds, over, presentation, manifests);
        long bytes = manifests.values().stream().mapToLong(String::length).sum();
        nextAt = nanoTime.getAsLong() + Duration.ofSeconds(1).toNanos() * Math.max(1, bytes / BYTES_A_SECOND);
        return true;
    }

    private void check(Track track) throws IOException {
        InitSegment init = InitSegment.read(files, track.init());
        checked.add(track.init());
        for (Segment segment : track.segments()) {
            if (track.seconds(segment.duration()) > longest) {
                throw Unplayable.because("%s is longer than all are", segment.file());
            }
            if (checked.add(segment.file())) {
                Verification.checkTime(track, segment, MediaSegment.read(files, segment.file(), init), init);
            }
        }
    }

    /** What can be played; null when nothing can. */
    public @Nullable Length length() {
        return length;
    }

    /** What is needed for that and was not stored yet. */
    public List<Path> files() {
        List<Path> needed = new ArrayList<>();
        for (String name : checked) {
            Path file = files.file(name);
            if (!stored.contains(file)) {
                needed.add(file);
            }
        }
        return needed;
    }

    /** These need not be stored any more. */
    public void store(List<Path> these) {
        stored.addAll(these);
    }

    /** What was stored. */
    public Set<Path> stored() {
        return Set.copyOf(stored);
    }
}
