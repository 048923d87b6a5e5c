package dev.caravan.encode.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the one ffmpeg run, which writes into its working folder: {@value #DASH} and {@value #HLS} over
 * one set of CMAF segments, and the poster.
 */
public final class EncodeCommand {

    /** The DASH manifest. */
    public static final String DASH = "master.mpd";
    /** The HLS manifest. */
    public static final String HLS = "master.m3u8";
    /** The picture for a video whose owner sent none. */
    public static final String POSTER = "poster.jpg";

    private final EncodingStyle style;
    private final Limits limits;
    private final List<String> command = new ArrayList<>();

    private EncodeCommand(EncodingStyle style, Limits limits) {
        this.style = style;
        this.limits = limits;
    }

    /** Encodes {@code source} as planned; progress goes to standard output, errors to standard error. */
    public static List<String> of(String ffmpeg, Path source, Plan plan, EncodingStyle style, Limits limits) {
        EncodeCommand encode = new EncodeCommand(style, limits);
        encode.add(ffmpeg, "-nostdin", "-hide_banner", "-v", "error", "-nostats", "-progress", "pipe:1");
        encode.addInput(source);
        encode.add("-filter_complex", FilterGraph.of(plan));
        encode.addSegments(plan);
        if (plan.posterSecond() != null) {
            encode.addPoster();
        }
        return List.copyOf(encode.command);
    }

    /** A damaged input ends the run: by default ffmpeg goes on and says that all was well. */
    private void addInput(Path source) {
        add("-xerror", "-err_detect", "explode");
        command.addAll(HostileInput.guards(limits.pixels()));
        // One second more than allowed, so that a video that lies about its length is noticed and bounded.
        add("-t", Long.toString(limits.duration().toSeconds() + 1), "-i", source.toString());
    }

    private void addSegments(Plan plan) {
        List<Rung> rungs = plan.rungs();
        for (int i = 0; i < rungs.size(); i++) {
            add("-map", "[v" + i + "]");
        }
        boolean sound = plan.media().audio() != null;
        if (sound) {
            add("-map", "[a]");
        }
        // Where and by whom it was recorded is the uploader's business.
        add("-map_metadata", "-1", "-map_chapters", "-1");
        addPictureCodec(plan);
        for (int i = 0; i < rungs.size(); i++) {
            int bitrate = rungs.get(i).bitrate();
            // With -crf the bitrate steers nothing; manifests state it.
            add("-b:v:" + i, Integer.toString(bitrate));
            add("-maxrate:v:" + i, Integer.toString(bitrate), "-bufsize:v:" + i, Integer.toString(2 * bitrate));
        }
        if (sound) {
            add("-c:a", "aac", "-b:a", Integer.toString(style.audioBitrate()));
        }
        add("-f", "dash", "-seg_duration", Integer.toString(style.segmentSeconds()));
        add("-use_template", "1", "-use_timeline", "1");
        add("-init_seg_name", "init-$RepresentationID$.mp4");
        add("-media_seg_name", "segment-$RepresentationID$-$Number%05d$.m4s");
        add("-adaptation_sets", sound ? "id=0,streams=v id=1,streams=a" : "id=0,streams=v");
        add("-hls_playlist", "1", "-hls_master_name", HLS, DASH);
    }

    private void addPictureCodec(Plan plan) {
        String keyframeDistance = Integer.toString((int) Math.ceil(plan.rate().value() * style.keyframeSeconds()));
        add("-c:v", "libx264", "-preset", style.preset(), "-profile:v", "high");
        add("-crf", Integer.toString(style.crf()));
        add("-g", keyframeDistance, "-keyint_min", keyframeDistance, "-sc_threshold", "0");
        add("-force_key_frames", "expr:gte(t,n_forced*" + style.keyframeSeconds() + ")");
        add("-x264-params", "open-gop=0");
    }

    private void addPoster() {
        add("-map", "[poster]", "-map_metadata", "-1", "-frames:v", "2", "-c:v", "mjpeg", "-q:v", "4");
        add("-f", "image2", "-update", "1", POSTER);
    }

    private void add(String... arguments) {
        command.addAll(List.of(arguments));
    }
}
