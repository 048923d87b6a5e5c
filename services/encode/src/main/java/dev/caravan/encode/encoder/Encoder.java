package dev.caravan.encode.encoder;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Cap;
import dev.caravan.encode.ffmpeg.Caps;
import dev.caravan.encode.ffmpeg.Lines;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.encode.media.AudioStream;
import dev.caravan.encode.media.Contents;
import dev.caravan.encode.media.Diagnosis;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.FurtherSounds;
import dev.caravan.encode.media.Gaps;
import dev.caravan.encode.media.Input;
import dev.caravan.encode.media.Joined;
import dev.caravan.encode.media.Jumps;
import dev.caravan.encode.media.Limits;
import dev.caravan.encode.media.Losses;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Parts;
import dev.caravan.encode.media.Piece;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.ProbeCommand;
import dev.caravan.encode.media.ProbeReport;
import dev.caravan.encode.media.Refusal;
import dev.caravan.encode.media.RenditionGroup;
import dev.caravan.encode.media.Samples;
import dev.caravan.encode.media.Span;
import dev.caravan.encode.media.Survey;
import dev.caravan.encode.media.SurveyCommand;
import dev.caravan.encode.media.Times;
import dev.caravan.encode.media.VideoStream;
import dev.caravan.encode.presentation.Manifests;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.trace.Spans;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at raw files and encodes them. A fault says that a video is bad, an IOException that the platform is. */
public final class Encoder {

    private static final Logger log = LoggerFactory.getLogger(Encoder.class);

    /** Of more parts with pictures each would have a decoder at the same time. */
    private static final int MOST_AT_ONCE = 8;

    private static final Set<Cap> FOR_LESS = Set.of(Cap.TIME, Cap.MEMORY, Cap.THREADS, Cap.OUTPUT);

    /** Of a part; what else is wrong with one is wrong with the whole. */
    private static final Set<String> UNREADABLE = Stream.of(
                    Refusal.NOT_A_VIDEO, Refusal.NO_PICTURE, Refusal.DAMAGED, Refusal.TRUNCATED)
            .map(Refusal::name)
            .collect(Collectors.toUnmodifiableSet());

    private final EncodeProperties properties;
    private final Limits limits;
    private final Programs programs;
    private final ObjectMapper json;
    private final Tracer tracer;

    /** An encoder. */
    public Encoder(EncodeProperties properties, Limits limits, Programs programs, ObjectMapper json, Tracer tracer) {
        this.properties = properties;
        this.limits = limits;
        this.programs = programs;
        this.json = json;
        this.tracer = tracer;
    }

    /**
     * Finds out what a file is: what it says, what of it can be decoded, and by reading it once what it holds and when.
     *
     * @param source the file
     * @param folder the only one that is seen, with the file in it; what is heard is left there
     * @param given the owner's picture, a JPEG in that folder, for sound alone; null for none
     * @param progress is called meanwhile; what it throws ends it
     * @throws dev.caravan.kernel.Fault when it is nothing that is accepted
     */
    public Media probe(Path source, Path folder, @Nullable Path given, ProgressListener progress)
            throws IOException, InterruptedException {
        Input whole = Input.of(source, folder);
        Contents described = describe(whole, folder);
        Parts parts = Parts.of(source, described.container(), folder);
        List<Input> inputs = parts.inputs();
        if (inputs.size() > MOST_AT_ONCE && !described.pictures().isEmpty()) {
            inputs = List.of(whole);
        }
        Input first = inputs.get(0);
        // What several are is found out one by one; the cover is that of the first, as the whole says it.
        Contents contents = first.equals(whole) || inputs.size() > 1 ? described : describe(first, folder);
        Media media =
                inputs.size() > 1 ? joined(inputs, folder, progress) : read(contents, first, folder, false, progress);
        if (media.still()) {
            PngSize size = still(first, folder, given, media, contents.cover(), progress);
            media = media.withStill(size.width(), size.height());
        }
        limits.check(media);
        return media.withHoles(parts.holes());
    }

    /** Parts that have to be read by themselves. */
    private Media joined(List<Input> inputs, Path folder, ProgressListener progress)
            throws IOException, InterruptedException {
        List<Input> readable = new ArrayList<>();
        List<Media> parts = new ArrayList<>();
        Fault unreadable = Refusal.NO_PICTURE.fault();
        int sounds = 0;
        for (Input input : inputs) {
            try {
                Contents contents = describe(input, folder);
                sounds = Math.max(sounds, contents.sounds().size());
                parts.add(read(contents, input, folder, true, progress));
                readable.add(input);
            } catch (Fault e) {
                if (!UNREADABLE.contains(e.reason())) {
                    throw e;
                }
                unreadable = e;
            }
        }
        if (parts.isEmpty()) {
            throw unreadable;
        }
        Media media = Joined.of(readable, parts, inputs.size() - parts.size());
        Files.writeString(folder.resolve(Joined.SOUND), Joined.sounds(media));
        return media.with(FurtherSounds.withoutJoined(sounds - 1));
    }

    /** What ffmpeg reads of a file that it reads as a whole. */
    private static Input input(Path source, Path folder) {
        Path parts = folder.resolve(Parts.LIST);
        return Input.of(Files.exists(parts, LinkOption.NOFOLLOW_LINKS) ? parts : source, folder);
    }

    /** @param part whether it is one of several, of which one sound is kept */
    private Media read(Contents described, Input source, Path folder, boolean part, ProgressListener progress)
            throws IOException, InterruptedException {
        Samples samples = sample(source, folder);
        Contents sampled = described.sampled(samples);
        Contents contents = part ? sampled.withOneSound() : sampled;
        if (contents.pictures().isEmpty() && contents.sounds().isEmpty()) {
            throw Refusal.NO_PICTURE.fault();
        }
        Survey survey = survey(source, folder, contents, contents.readings(samples), progress);
        VideoStream picture = survey.picture();
        if (picture == null && !survey.hasSound()) {
            throw (survey.cutOff() ? Refusal.TRUNCATED : Refusal.NO_PICTURE).fault();
        }
        return picture != null ? survey.withPicture(picture) : survey.withStill(1, 1);
    }

    private Contents describe(Input source, Path folder) throws IOException, InterruptedException {
        Outcome outcome = Spans.within(
                tracer,
                "ffprobe",
                () -> programs.run(
                        ProbeCommand.of(properties.ffprobe(), source, limits),
                        Workspace.of(folder),
                        properties.caps(properties.probeTimeout())));
        if (!outcome.isSuccess()) {
            log.info("ffprobe cannot read {}: code {}, {}", source.name(), outcome.exitCode(), outcome.errorLine());
            check("ffprobe", outcome, Refusal.NOT_A_VIDEO);
            throw Diagnosis.ofProbe(outcome.errors()).fault();
        }
        return ProbeReport.read(json.readTree(outcome.output()));
    }

    /** That nothing can be decoded of the beginning, or not in time, is no reason to refuse a file. */
    private Samples sample(Input source, Path folder) throws IOException, InterruptedException {
        Samples samples = new Samples();
        Outcome outcome = list(
                ProbeCommand.samples(properties.ffprobe(), source, limits), folder, properties.probeTimeout(), samples);
        if (!outcome.isSuccess() && !outcome.timedOut()) {
            check("ffprobe", outcome, Refusal.NOT_A_VIDEO);
        }
        return samples;
    }

    /** @param readings of the sounds, of which the first that works is taken */
    private Survey survey(
            Input source, Path folder, Contents contents, List<List<AudioStream>> readings, ProgressListener progress)
            throws IOException, InterruptedException {
        List<AudioStream> sounds = readings.get(0);
        Outcome outcome = read(source, folder, contents, sounds, progress);
        for (int i = 1; i < readings.size() && !outcome.isSuccess(); i++) {
            sounds = readings.get(i);
            outcome = read(source, folder, contents, sounds, progress);
        }
        if (!outcome.isSuccess()) {
            throw Diagnosis.ofEncoding(outcome.errors()).fault();
        }
        AudioStream sound = sounds.isEmpty() ? null : sounds.get(0);
        Times heard = sound == null ? new Times() : times(source.file(SurveyCommand.HEARD));
        if (sounds.size() > 1 && heard.count() == 0) {
            // It is not the one to play that nothing came of.
            return survey(source, folder, contents, othersOf(sounds, contents), progress);
        }
        Map<Integer, Times> packets = new HashMap<>();
        for (VideoStream picture : contents.pictures()) {
            packets.put(picture.index(), times(source.file(SurveyCommand.packets(picture.index()))));
        }
        if (sound != null) {
            packets.put(sound.index(), times(source.file(SurveyCommand.packets(sound.index()))));
        }
        Gaps gaps = contents.isStream() ? Gaps.of(packets.values()) : Gaps.NONE;
        Gaps closed = gaps.isEmpty() || !isJoined(source, folder) ? Gaps.NONE : gaps;
        packets.replaceAll((stream, times) -> times.closing(closed));
        return new Survey(
                contents,
                sound,
                packets,
                heard.closing(closed),
                further(source, contents, sounds, closed),
                closed,
                Diagnosis.isCutOff(outcome.errors()));
    }

    private static List<List<AudioStream>> othersOf(List<AudioStream> sounds, Contents contents) {
        List<AudioStream> others = sounds.subList(1, sounds.size());
        return contents.pictures().isEmpty() ? List.of(others) : List.of(others, List.of());
    }

    /** One after the other, since a list of packets may be long. */
    private FurtherSounds further(Input source, Contents contents, List<AudioStream> sounds, Gaps closed)
            throws IOException {
        FurtherSounds further = FurtherSounds.NONE;
        for (AudioStream sound : contents.sounds().stream()
                .limit(Contents.MOST_SOUNDS)
                .filter(each -> sounds.isEmpty() || !each.equals(sounds.get(0)))
                .toList()) {
            if (sounds.contains(sound)) {
                further = further(further, source, sound, closed);
            } else if (!sounds.isEmpty()) {
                further = further.without(sound);
            }
        }
        return further.withoutMoreThan(Contents.MOST_SOUNDS, contents.sounds().size());
    }

    private FurtherSounds further(FurtherSounds others, Input source, AudioStream sound, Gaps closed)
            throws IOException {
        try {
            Times there = times(source.file(SurveyCommand.packets(sound.index())));
            Times decoded = times(source.file(SurveyCommand.heard(sound.index())));
            return others.and(sound, there.closing(closed), decoded.closing(closed), limits);
        } catch (Fault e) {
            log.info("{} of {} is left out: {}", sound, source.name(), e.getMessage());
            return others.without(sound);
        }
    }

    /** Whether it is several files, one behind the other. */
    private boolean isJoined(Input source, Path folder) throws IOException, InterruptedException {
        Jumps jumps = new Jumps();
        Outcome outcome =
                list(ProbeCommand.times(properties.ffprobe(), source, limits), folder, properties.timeout(), jumps);
        if (!outcome.isSuccess()) {
            check("ffprobe", outcome, Refusal.TOO_SLOW);
        }
        return jumps.back();
    }

    private Outcome list(List<String> command, Path folder, Duration timeout, Consumer<String> lines)
            throws IOException, InterruptedException {
        return Spans.within(
                tracer,
                "ffprobe",
                () -> programs.runForLines(command, Workspace.of(folder), properties.caps(timeout), lines));
    }

    private Outcome read(
            Input source, Path folder, Contents contents, List<AudioStream> sounds, ProgressListener progress)
            throws IOException, InterruptedException {
        boolean further = sounds.size() > 1;
        Caps caps = properties.caps(properties.timeout());
        Outcome outcome = run(
                SurveyCommand.of(properties.ffmpeg(), source, contents, sounds, limits),
                Workspace.of(folder),
                further ? caps.withOutput(limits.bytes()) : caps,
                progress);
        if (!outcome.isSuccess()) {
            log.info("ffmpeg cannot read {}: code {}, {}", source.name(), outcome.exitCode(), outcome.errorLine());
            if (!further || !isTooMuch(outcome)) {
                check("ffmpeg", outcome, Refusal.TOO_SLOW);
            }
            for (AudioStream sound : sounds) {
                for (String file : SurveyCommand.further(sound.index())) {
                    Files.deleteIfExists(source.file(file));
                }
            }
        }
        return outcome;
    }

    /** Whether less of the file may still do. */
    private static boolean isTooMuch(Outcome outcome) {
        Cap cap = outcome.cap();
        return cap == null ? isTooLarge(outcome) : FOR_LESS.contains(cap);
    }

    private static boolean isTooLarge(Outcome outcome) {
        return Diagnosis.isTooLarge(outcome.exitCode(), outcome.errors());
    }

    /** Sound alone is shown with what its owner chose, else with its cover, else with its waveform. */
    private PngSize still(
            Input source,
            Path folder,
            @Nullable Path given,
            Media media,
            @Nullable VideoStream cover,
            ProgressListener progress)
            throws IOException, InterruptedException {
        Path still = folder.resolve(SurveyCommand.STILL);
        if (given != null) {
            draw(SurveyCommand.given(properties.ffmpeg(), given, folder, limits), folder, progress);
        }
        if (cover != null && !PngSize.isThere(still)) {
            draw(SurveyCommand.cover(properties.ffmpeg(), source, folder, cover, limits), folder, progress);
        }
        if (!PngSize.isThere(still)) {
            draw(SurveyCommand.waveform(properties.ffmpeg(), media.sound(folder), folder, limits), folder, progress);
        }
        return PngSize.of(still);
    }

    private void draw(List<String> command, Path folder, ProgressListener progress)
            throws IOException, InterruptedException {
        Outcome outcome = run(command, Workspace.of(folder), properties.caps(properties.timeout()), progress);
        if (!outcome.isSuccess()) {
            log.info("ffmpeg cannot draw: code {}, {}", outcome.exitCode(), outcome.errorLine());
            check("ffmpeg", outcome, Refusal.TOO_SLOW);
        }
    }

    /**
     * Makes a group of what is planned.
     *
     * @param source the file
     * @param folder the only one that is seen, with the file, what {@link #probe} left and the output folder in it
     * @param output with what was made of groups before
     * @param plan all that is to be made
     * @param progress is told how far it is; what it throws ends the encoding
     * @return what of the video could not be read
     * @throws dev.caravan.kernel.Fault when that is too much
     */
    public Losses encode(
            Path source, Path folder, Path output, Plan plan, RenditionGroup group, ProgressListener progress)
            throws IOException, InterruptedException {
        Outcome outcome = run(
                EncodeCommand.of(properties.ffmpeg(), input(source, folder), folder, group, properties.style(), limits),
                new Workspace(folder, output),
                properties.caps(properties.timeout()).withOutput(plan.mostBytes(limits.duration(), properties.style())),
                progress);
        if (!outcome.isSuccess()) {
            log.info("ffmpeg cannot encode {}: code {}, {}", source, outcome.exitCode(), outcome.errorLine());
            check("ffmpeg", outcome, Refusal.TOO_SLOW);
            throw Diagnosis.ofEncoding(outcome.errors()).fault();
        }
        Losses losses = losses(input(source, folder), plan.media()).withPartial(outcome.inPart());
        losses.check(plan.media().seconds(), limits);
        return losses;
    }

    /**
     * Puts all groups together.
     *
     * @param output with what was made of each
     * @param losses of the last
     * @throws dev.caravan.kernel.Fault when it is longer than allowed
     */
    public EncodedVideo finish(Path output, Plan plan, Losses losses) throws IOException {
        EncodedVideo encoded = Manifests.correct(output, plan.sounds());
        limits.checkDuration(encoded.seconds());
        return encoded.with(losses);
    }

    private static Losses losses(Input source, Media media) throws IOException {
        List<Span> lost = new ArrayList<>();
        boolean seen = media.still();
        for (Piece piece : media.seen(source)) {
            VideoStream video = Objects.requireNonNull(piece.video());
            Times there = times(piece.input().file(SurveyCommand.packets(video.index())))
                    .closing(media.closed());
            Times decoded = times(piece.input().file(EncodeCommand.SEEN));
            seen |= decoded.count() > 0;
            lost.addAll(Losses.between(there, decoded));
        }
        if (!seen) {
            throw (media.losses().missing() > 0 ? Refusal.TRUNCATED : Refusal.DAMAGED).fault();
        }
        return media.losses().withPicture(lost);
    }

    private static Times times(Path list) throws IOException {
        Times times = new Times();
        Lines.read(list, times);
        return times;
    }

    private Outcome run(List<String> command, Workspace workspace, Caps caps, ProgressListener progress)
            throws IOException, InterruptedException {
        return Spans.within(tracer, "ffmpeg", () -> programs.run(command, workspace, caps, progress));
    }

    /** Throws what a program was ended for, or what would have ended it with any video. */
    private static void check(String program, Outcome outcome, Refusal whenSlow) throws IOException {
        Cap cap = outcome.cap();
        if (cap == null) {
            if (isTooLarge(outcome)) {
                throw Refusal.OUTPUT_TOO_LARGE.fault();
            }
            if (Diagnosis.isOurs(outcome.exitCode(), outcome.errors())) {
                throw new IOException(program + " failed with code " + outcome.exitCode() + ": " + outcome.errorLine());
            }
            return;
        }
        switch (cap) {
            case TIME -> throw whenSlow.fault();
            case MEMORY, THREADS -> throw Refusal.TOO_COMPLEX.fault();
            case OUTPUT -> throw Refusal.OUTPUT_TOO_LARGE.fault();
            case PLAIN_FILES -> throw Refusal.DAMAGED.fault();
            case DISK -> throw new IOException(program + " was ended because the disk is nearly full.");
        }
    }
}
