package dev.caravan.encode.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The command line of an ffmpeg run, which writes into its working folder: CMAF segments and the DASH manifest of them,
 * and the poster.
 */
public final class EncodeCommand {

    /** The DASH manifest. */
    public static final String DASH = "master.mpd";
    /** The HLS manifest. */
    public static final String HLS = "master.m3u8";
    /** The picture for a video whose owner sent none. */
    public static final String POSTER = "poster.jpg";
    /** When the decoded pictures are seen, in the job's folder. */
    public static final String SEEN = "seen.txt";

    /** What lengths are rounded by; less than what {@code Verification} forgives. */
    private static final double SLACK = 0.1;

    private final EncodingStyle style;
    private final Limits limits;
    private final List<String> command = new ArrayList<>();

    private EncodeCommand(EncodingStyle style, Limits limits) {
        this.style = style;
        this.limits = limits;
    }

    /**
     * Encodes as planned; progress goes to standard output, errors to standard error.
     *
     * @param source the file as a whole
     * @param folder where {@link SurveyCommand} left what it made, and where lists of packets and pictures go
     */
    public static List<String> of(
            String ffmpeg, Input source, Path folder, RenditionGroup group, EncodingStyle style, Limits limits) {
        Plan plan = group.plan();
        EncodeCommand encode = new EncodeCommand(style, limits);
        encode.add(ffmpeg, "-nostdin", "-hide_banner", "-y", "-v", "repeat+warning", "-nostats", "-progress", "pipe:1");
        // However much of it cannot be decoded: what is lost is counted.
        encode.add("-max_error_rate", "1");
        Media media = plan.media();
        List<SoundRendition> sounds = plan.sounds();
        List<Piece> seen = media.seen(source);
        if (media.still()) {
            encode.addStill(folder, media);
        }
        seen.forEach(encode::addSource);
        sounds.forEach(sound -> encode.addSound(folder, media, sound));
        encode.add("-filter_complex", FilterGraph.ofPicture(plan, seen));
        for (int i = 0; i < sounds.size(); i++) {
            encode.add(
                    "-filter_complex",
                    FilterGraph.ofSound(plan, Math.max(1, seen.size()) + i, sounds.get(i), label(i)));
        }
        encode.addSegments(group, sounds);
        if (plan.posterSecond() != null) {
            encode.addPoster();
        }
        for (int i = 0; i < seen.size(); i++) {
            encode.addLists(i, seen.get(i));
        }
        if (!media.still()) {
            media.others().forEach(sound -> encode.addReadAlong(0, sound));
        }
        return List.copyOf(encode.command);
    }

    private void addSource(Piece piece) {
        command.addAll(HostileInput.guards(piece.input(), limits.pixels()));
        // One second more than allowed, so that a video that lies about its length is noticed and bounded.
        add("-t", Long.toString(limits.duration().toSeconds() + 1));
        add("-itsoffset", decimal(0 - piece.zero()), "-i", piece.input().name());
    }

    private void addStill(Path folder, Media media) {
        command.addAll(HostileInput.guards(limits.pixels(), "png_pipe"));
        Ratio rate = Survey.STILL_RATE;
        add("-f", "png_pipe", "-loop", "1", "-framerate", rate.toString());
        // Shorter than a frame would be endless.
        add("-t", decimal(Math.max(media.seconds(), 2 / rate.value())));
        add("-i", folder.resolve(SurveyCommand.STILL).toString());
    }

    private void addSound(Path folder, Media media, SoundRendition sound) {
        add("-itsoffset", decimal(media.closed().open(sound.source().span().start())));
        command.addAll(SurveyCommand.sound(sound.file(media, folder), limits));
    }

    private static String label(int sound) {
        return "[a" + SurveyCommand.number(sound) + "]";
    }

    /** What is there and what came of it; and the sound once more, as {@link SurveyCommand} has the picture. */
    private void addLists(int number, Piece piece) {
        Input input = piece.input();
        add(
                "-map",
                "[seen" + number + "]",
                "-fps_mode",
                "passthrough",
                "-enc_time_base",
                "1/100000",
                "-c:v",
                "rawvideo");
        add("-f", "framecrc", input.file(SEEN).toString());
        VideoStream video = Objects.requireNonNull(piece.video());
        command.addAll(SurveyCommand.list(number, video.index(), input.folder()));
        AudioStream audio = piece.audio();
        if (audio != null) {
            addReadAlong(number, audio);
        }
    }

    private void addReadAlong(int number, AudioStream audio) {
        add("-map", number + ":" + audio.index(), "-c", "copy", "-f", "null", "-");
    }

    private static String decimal(double seconds) {
        return String.format(Locale.ROOT, "%.6f", seconds + 0.0);
    }

    private void addSegments(RenditionGroup group, List<SoundRendition> sounds) {
        Plan plan = group.plan();
        List<Rung> rungs = plan.rungs();
        for (int i = 0; i < rungs.size(); i++) {
            add("-map", "[v" + i + "]");
        }
        for (int i = 0; i < sounds.size(); i++) {
            add("-map", label(i));
        }
        // Where and by whom it was recorded is the uploader's business.
        add("-map_metadata", "-1", "-map_chapters", "-1");
        add("-fps_mode", "cfr", "-r", plan.rate().toString());
        addPictureCodec(plan);
        for (int i = 0; i < rungs.size(); i++) {
            int bitrate = rungs.get(i).bitrate();
            // With -crf the bitrate steers nothing; manifests state it.
            add("-b:v:" + i, Integer.toString(bitrate));
            add("-maxrate:v:" + i, Integer.toString(bitrate), "-bufsize:v:" + i, Integer.toString(2 * bitrate));
        }
        if (!sounds.isEmpty()) {
            add("-c:a", "aac", "-b:a", Integer.toString(style.audioBitrate()));
        }
        for (int i = 0; i < sounds.size(); i++) {
            if (sounds.get(i).isSurround()) {
                add("-b:a:" + i, Integer.toString(sounds.get(i).bitrate(style)));
            }
        }
        // Whatever the file says of how long its last picture is to stand.
        add("-t", decimal(plan.media().seconds() + SLACK));
        add("-f", "dash", "-seg_duration", Integer.toString(style.segmentSeconds()));
        add("-use_template", "1", "-use_timeline", "1");
        add("-init_seg_name", "init-" + group.prefix() + "$RepresentationID$.mp4");
        add("-media_seg_name", "segment-" + group.prefix() + "$RepresentationID$-$Number%05d$.m4s");
        add("-adaptation_sets", sets(rungs.size(), sounds.size()));
        add(group.manifest());
    }

    /** All pictures are one that a player switches in, each sound is one of its own. */
    private static String sets(int pictures, int sounds) {
        if (sounds == 1) {
            return "id=0,streams=v id=1,streams=a";
        }
        return "id=0,streams=v"
                + IntStream.range(0, sounds)
                        .mapToObj(i -> " id=%d,streams=%d".formatted(1 + i, pictures + i))
                        .collect(Collectors.joining());
    }

    private void addPictureCodec(Plan plan) {
        Colours colours = plan.colours();
        add("-color_range", "tv", "-colorspace", colours.matrix());
        add("-color_primaries", colours.primaries(), "-color_trc", colours.transfer());
        String keyframeDistance = Integer.toString((int) Math.ceil(plan.rate().value() * style.keyframeSeconds()));
        add("-c:v", "libx264", "-preset", style.preset(), "-profile:v", "high");
        add("-crf", Integer.toString(style.crf()));
        add("-g", keyframeDistance, "-keyint_min", keyframeDistance, "-sc_threshold", "0");
        add("-force_key_frames", "expr:gte(t,n_forced*" + style.keyframeSeconds() + ")");
        add("-x264-params", "open-gop=0");
    }

    private void addPoster() {
        add("-map", "[poster]", "-map_metadata", "-1", "-fps_mode", "passthrough");
        // Both pictures are a second apart; in the time of a video with one in minutes they would be at once.
        add("-enc_time_base", "1/1", "-frames:v", "2", "-c:v", "mjpeg", "-q:v", "4");
        add("-f", "image2", "-update", "1", POSTER);
    }

    private void add(String... arguments) {
        command.addAll(List.of(arguments));
    }
}
