package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.Rung;
import dev.caravan.encode.media.SoundRendition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads an encoding as players do, DASH and HLS, down to each sample, without decoding any. It ends with a fault that says
 * what is wrong first.
 */
public final class Verification {

    /** What players forgive between a manifest and a segment: seconds. */
    private static final double SLACK = 0.1;

    /** Over which players go on by themselves. */
    private static final double LONGEST_HOLE = 0.5;

    /** What beginning and end are rounded by, to frames of the picture and packets of the sound. */
    private static final double UNNOTICED = 0.25;

    private static final double A_MILLISECOND = 0.001;
    /** Of AAC, in which sound is cut. */
    private static final int SAMPLES_OF_A_PACKET = 1024;

    private final OutputFolder files;
    private final Path folder;
    private final Plan plan;
    private final double frame;
    private final Presentation presentation;
    private final Set<String> named = new HashSet<>();

    private Verification(Path folder, Plan plan, Presentation presentation) {
        this.files = new OutputFolder(folder);
        this.folder = folder;
        this.plan = plan;
        this.frame = 1 / plan.rate().value();
        this.presentation = presentation;
    }

    /**
     * Verifies what is in a folder.
     *
     * @param plan what was to be made
     * @param encoded what is told of it
     * @return what a player is offered
     * @throws dev.caravan.kernel.Fault when a player could not play it, or it is not what was planned
     */
    public static Presentation of(Path folder, Plan plan, EncodedVideo encoded) throws IOException {
        Presentation presentation =
                DashManifest.read(folder.resolve(EncodeCommand.DASH)).presentation();
        Verification verification = new Verification(folder, plan, presentation);
        verification.checkOffer(encoded);
        verification.checkLengths(encoded);
        for (Track track : presentation.tracks()) {
            verification.checkTrack(track);
        }
        verification.checkPicturesAlike();
        verification.checkHls();
        verification.checkNothingElse();
        return presentation;
    }

    /** Sizes as planned, codecs and lengths as told. */
    private void checkOffer(EncodedVideo encoded) {
        List<String> planned = plan.rungs().stream().map(Verification::size).toList();
        List<String> offered = presentation.pictures().stream().map(Track::name).toList();
        if (!offered.equals(planned)) {
            throw Unplayable.because("it has the sizes %s, and not %s", offered, planned);
        }
        if (!presentation.encoded().renditions().equals(encoded.renditions())
                || Math.abs(presentation.end() - encoded.seconds()) > A_MILLISECOND) {
            throw Unplayable.because("its manifest says something else than what is told of it");
        }
        List<SoundRendition> told = encoded.sounds();
        List<Track> sounds = presentation.sounds();
        boolean choice = plan.sounds().size() > 1;
        boolean alike = sounds.size() == told.size()
                && IntStream.range(0, told.size())
                        .allMatch(i -> told.get(i).channels() == sounds.get(i).channels()
                                && (!choice
                                        || told.get(i)
                                                .language()
                                                .equals(sounds.get(i).language())));
        if (!alike) {
            throw Unplayable.because("its manifest has other sounds than what is told of it");
        }
        if (presentation.seconds() < presentation.end() - A_MILLISECOND / 1000
                || presentation.seconds() > presentation.end() + SLACK) {
            throw Unplayable.because(
                    "its manifest says %.3f s, and its segments %.3f s", presentation.seconds(), presentation.end());
        }
    }

    /** Each track from beginning to end: a picture stands where there is but sound, a sound is silent behind its end. */
    private void checkLengths(EncodedVideo encoded) {
        double planned = plan.media().seconds();
        double slack = Math.max(UNNOTICED, 2 * frame);
        for (Track track : presentation.tracks()) {
            double least = planned - slack - (track.picture() ? encoded.lost() : 0);
            if (track.end() < least || track.end() > planned + slack) {
                throw Unplayable.because("%s takes %.3f s, and was to take %.3f s", track.name(), track.end(), planned);
            }
        }
    }

    private static String size(Rung rung) {
        return rung.width() + "x" + rung.height();
    }

    private void checkTrack(Track track) throws IOException {
        if (track.segments().isEmpty()) {
            throw Unplayable.because("%s is empty", track.name());
        }
        InitSegment init = InitSegment.read(files, track.init());
        name(track.init());
        if (init.timescale() != track.timescale() || !track.codecs().startsWith(init.codec())) {
            throw Unplayable.because("%s does not fit its manifest", track.init());
        }
        if (track.picture() && (init.width() != track.width() || init.height() != track.height())) {
            throw Unplayable.because("%s is %dx%d in truth", track.name(), init.width(), init.height());
        }
        long samples = 0;
        double reached = track.seconds(track.first().start());
        for (Segment segment : track.segments()) {
            name(segment.file());
            MediaSegment media = MediaSegment.read(files, segment.file(), init);
            checkTime(track, segment, media, init);
            if (Math.abs(track.seconds(segment.start()) - reached) > LONGEST_HOLE) {
                throw Unplayable.because("%s has a hole at %.1f s", track.name(), reached);
            }
            if (track.seconds(segment.duration()) > presentation.longestSegment() + A_MILLISECOND) {
                throw Unplayable.because("%s is longer than its manifest says", segment.file());
            }
            reached = track.seconds(segment.end());
            samples += media.samples();
        }
        double shown = samples * frame;
        if (track.picture() && Math.abs(shown - track.length()) > Math.max(SLACK, frame(track))) {
            throw Unplayable.because(
                    "%s is said to take %.3f s, and takes %.3f s", track.name(), track.length(), shown);
        }
    }

    private void name(String file) {
        if (!named.add(file)) {
            throw Unplayable.because("%s is named twice", file);
        }
    }

    static void checkTime(Track track, Segment segment, MediaSegment media, InitSegment init) {
        double start = track.seconds(media.start() - init.edit());
        double end = track.seconds(media.end() - init.edit());
        if (Math.abs(start - track.seconds(segment.start())) > SLACK
                || Math.abs(end - track.seconds(segment.end())) > SLACK) {
            throw Unplayable.because(
                    "%s goes from %.3f to %.3f s, and its manifest says something else", segment.file(), start, end);
        }
    }

    /** A player goes from one size to another at the beginning of any segment. */
    private void checkPicturesAlike() {
        List<Track> pictures = presentation.pictures();
        List<Long> starts = starts(pictures.get(0));
        for (Track picture : pictures) {
            if (!starts(picture).equals(starts)) {
                throw Unplayable.because(
                        "%s and %s do not change at the same places",
                        pictures.get(0).name(), picture.name());
            }
        }
    }

    /** In milliseconds. */
    private static List<Long> starts(Track track) {
        return track.segments().stream()
                .map(segment -> Math.round(1000 * track.seconds(segment.start())))
                .toList();
    }

    private void checkHls() throws IOException {
        HlsMaster master = HlsMaster.read(folder);
        Set<Track> offered = new HashSet<>();
        Map<String, List<HlsMaster.Sound>> groups = new LinkedHashMap<>();
        for (HlsMaster.Sound sound : master.sounds()) {
            Track track = checkPlaylist(sound.playlist());
            boolean told = presentation.sounds().size() == 1
                    || sound.language().equals(track.language())
                            && sound.channels().equals(Integer.toString(track.channels()));
            if (track.picture() || !told) {
                throw Unplayable.because("%s is no sound, or another one", sound.playlist());
            }
            offered.add(track);
            groups.computeIfAbsent(sound.group(), group -> new ArrayList<>()).add(sound);
        }
        checkGroups(groups.values());
        Set<String> variants = new HashSet<>();
        for (HlsMaster.Variant variant : master.variants()) {
            Track track = checkPlaylist(variant.playlist());
            offered.add(track);
            boolean silent = groups.isEmpty() && variant.group().isEmpty();
            if (!variant.resolution().equals(track.name())
                    || !silent && !groups.containsKey(variant.group())
                    || !variants.add(track.name() + " " + variant.group())) {
                throw Unplayable.because("HLS says something else of %s than DASH", track.name());
            }
            if (!new HashSet<>(List.of(variant.codecs().split(","))).equals(codecsWith(track))) {
                throw Unplayable.because("HLS says that %s is in %s", track.name(), variant.codecs());
            }
        }
        for (Track track : presentation.tracks()) {
            if (!offered.contains(track)) {
                throw Unplayable.because("HLS leaves %s out", track.name());
            }
        }
        if (variants.size() != presentation.pictures().size() * Math.max(1, groups.size())) {
            throw Unplayable.because("HLS has not every size with every group of sounds");
        }
    }

    /** Each has the same members, none of them twice, and one that is played unless a viewer chooses. */
    private static void checkGroups(Collection<List<HlsMaster.Sound>> groups) {
        List<String> members = null;
        for (List<HlsMaster.Sound> group : groups) {
            List<String> names = group.stream()
                    .map(sound -> sound.name() + " " + sound.language() + " " + sound.isDefault())
                    .toList();
            boolean once = group.stream().map(HlsMaster.Sound::name).distinct().count() == group.size();
            boolean one = group.stream().filter(HlsMaster.Sound::isDefault).count() == 1;
            if (!once || !one || members != null && !members.equals(names)) {
                throw Unplayable.because("HLS has groups of sounds that are not alike");
            }
            members = names;
        }
    }

    private Set<String> codecsWith(Track picture) {
        Set<String> codecs = new HashSet<>(Set.of(picture.codecs()));
        presentation.sounds().forEach(sound -> codecs.add(sound.codecs()));
        return codecs;
    }

    /** Finds the track that a playlist is of. */
    private Track checkPlaylist(String file) throws IOException {
        HlsPlaylist playlist = HlsPlaylist.read(files.file(file));
        Track track = presentation.tracks().stream()
                .filter(candidate -> candidate.init().equals(playlist.init()))
                .findFirst()
                .orElseThrow(() -> Unplayable.because("%s is of no track of DASH", file));
        if (!playlist.segments()
                .equals(track.segments().stream().map(Segment::file).toList())) {
            throw Unplayable.because("HLS names other segments of %s than DASH", track.name());
        }
        if (Math.abs(playlist.length() - track.length()) > frame(track)) {
            throw Unplayable.because(
                    "HLS says that %s takes %.3f s, and DASH %.3f s", track.name(), playlist.length(), track.length());
        }
        boolean tooLong = playlist.lengths().stream().anyMatch(length -> Math.round(length) > playlist.longest());
        if (tooLong || !playlist.ended()) {
            throw Unplayable.because("%s does not say how it ends", file);
        }
        return track;
    }

    /** Seconds of one. */
    private double frame(Track track) {
        return track.picture() ? frame : (double) SAMPLES_OF_A_PACKET / track.timescale();
    }

    /** What no manifest names is never played, and was to be. */
    private void checkNothingElse() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<String> stray = all.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".m4s") || file.endsWith(".mp4"))
                    .filter(file -> !named.contains(file))
                    .sorted()
                    .toList();
            if (!stray.isEmpty()) {
                throw Unplayable.because("no manifest names %s", stray.get(0));
            }
        }
    }
}
