package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The filters between decoder and encoders: the picture is made upright (by ffmpeg itself) and standard once, then
 * each size is scaled from the one above it and made steady.
 *
 * <p>When the picture changes on its way (its size, its pixels), ffmpeg makes the graph anew. So nothing in it counts
 * from the beginning: the constant rate from 0 on is kept by the encoder's side, and the sound has a graph of its own.
 *
 * <p>Labels: {@code [v0]} and on for the sizes, {@code [poster]}, {@code [seen]}.
 */
final class FilterGraph {

    /** The poster is no larger than this, short side. */
    private static final int POSTER_SIDE = 720;

    /** Shapes that differ by less are the same: a bar of a line or two is worse than that. */
    private static final double SAME_SHAPE = 0.02;

    private static final double A_MILLISECOND = 0.001;

    private final Plan plan;
    private final List<String> chains = new ArrayList<>();

    private FilterGraph(Plan plan) {
        this.plan = plan;
    }

    static String ofPicture(Plan plan, List<Piece> seen) {
        return joined(plan, graph -> {
            graph.addPicture(seen);
            graph.addPoster();
        });
    }

    /** @param label of what comes out */
    static String ofSound(Plan plan, int input, SoundRendition sound, String label) {
        return joined(plan, graph -> graph.addSound(input, sound, label));
    }

    private static String joined(Plan plan, Consumer<FilterGraph> parts) {
        FilterGraph graph = new FilterGraph(plan);
        parts.accept(graph);
        return String.join(";", graph.chains);
    }

    private void addPicture(List<Piece> seen) {
        List<Rung> rungs = plan.rungs();
        String input = seen.isEmpty()
                ? "[0:" + plan.media().video().index() + "]"
                        + String.join(
                                ",", standardised(rungs.get(0), plan.media().video()))
                : pieces(seen);
        for (int i = 0; i < rungs.size(); i++) {
            List<String> others = new ArrayList<>();
            if (i + 1 < rungs.size()) {
                others.add("[below" + i + "]");
            }
            if (plan.posterSecond() != null && i == posterRung()) {
                others.add("[frames]");
            }
            if (others.isEmpty()) {
                chains.add(input + "," + steady() + "[v" + i + "]");
            } else {
                String own = "[own" + i + "]";
                chains.add(input + ",split=" + (1 + others.size()) + own + String.join("", others));
                chains.add(own + steady() + "[v" + i + "]");
            }
            if (i + 1 < rungs.size()) {
                Rung next = rungs.get(i + 1);
                input = "[below" + i + "]scale=" + next.width() + ":" + next.height();
            }
        }
    }

    /** All in the size of the first rung, each at its time: in that order, whatever ffmpeg reads first. */
    private String pieces(List<Piece> seen) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < seen.size(); i++) {
            VideoStream video = Objects.requireNonNull(seen.get(i).video());
            String input =
                    "[" + i + ":" + video.index() + "]" + plan.media().closed().filter("setpts");
            if (video.codec().equals("hevc") && video.from() > video.span().start()) {
                // Older decoders of it make grey ones of those before.
                input += String.format(Locale.ROOT, "select=gte(t\\,%.3f),", video.from() - A_MILLISECOND);
            }
            chains.add(input + "split=2[decoded" + i + "][tally" + i + "]");
            // Of each picture a token: only when it is there counts.
            chains.add("[tally" + i + "]crop=min(iw\\,16):min(ih\\,16),scale=16:16,format=gray[seen" + i + "]");
            String decoded = "[decoded" + i + "]"
                    + String.join(",", standardised(plan.rungs().get(0), video));
            if (seen.size() == 1) {
                return decoded;
            }
            String label = "[piece" + i + "]";
            chains.add(decoded + label);
            labels.append(label);
        }
        return labels + "interleave=nb_inputs=" + seen.size();
    }

    private List<String> standardised(Rung top, VideoStream video) {
        List<String> filters = new ArrayList<>();
        if (video.interlaced()) {
            filters.add("bwdif=mode=send_frame:deint=interlaced");
        }
        if (video.width() % 2 != 0 || video.height() % 2 != 0) {
            filters.add("crop=max(1\\,trunc(iw/2)*2):max(1\\,trunc(ih/2)*2)");
        }
        Colours colours = plan.colours();
        if (video.transfer() == Transfer.SDR) {
            filters.add("scale=" + fitting(top) + ":in_color_matrix="
                    + video.colours().read() + ":out_color_matrix="
                    + scaled(colours.matrix()) + ":out_range=tv");
        } else {
            filters.add("zscale=" + fitting(top) + ":tin=" + video.transfer().ffmpegName()
                    + ":pin=bt2020:min=bt2020nc:t=linear:npl=100");
            filters.add("format=gbrpf32le");
            filters.add("tonemap=hable:desat=0");
            filters.add("zscale=p=bt709:t=bt709:m=bt709:r=tv");
        }
        filters.add("format=yuv420p");
        filters.add("pad=" + top.width() + ":" + top.height() + ":-1:-1");
        filters.add("setsar=1");
        filters.add("setparams=range=tv:colorspace=" + colours.matrix() + ":color_primaries=" + colours.primaries()
                + ":color_trc=" + colours.transfer());
        return filters;
    }

    /** The scaler has one name for both of the same numbers. */
    private static String scaled(String matrix) {
        return matrix.equals("bt470bg") ? "smpte170m" : matrix;
    }

    /** As large as fits, in the shape that it is shown in: also for a picture that has another shape from now on. */
    private static String fitting(Rung rung) {
        return String.format(
                Locale.ROOT,
                "w='if(lt(abs(dar*%2$d/%1$d-1),%3$s),%1$d,max(2,min(%1$d,2*round(%2$d*dar/2))))'"
                        + ":h='if(lt(abs(dar*%2$d/%1$d-1),%3$s),%2$d,max(2,min(%2$d,2*round(%1$d/dar/2))))'",
                rung.width(),
                rung.height(),
                SAME_SHAPE);
    }

    /**
     * A constant rate, as the last filter of each size: it repeats the last picture for as long as that is to be shown,
     * all at once, and a filter behind it would make a copy of each in memory. A picture that is shown for no time at
     * all would be dropped by it.
     */
    private String steady() {
        if (plan.frames() <= 1) {
            return "null";
        }
        String rate = "fps=" + plan.rate();
        return plan.stillSeconds() > 0
                ? rate + String.format(Locale.ROOT, ",tpad=stop_mode=clone:stop_duration=%.3f", plan.stillSeconds())
                : rate;
    }

    /** Two pictures into one file: the second wins, and the first is there when the video is shorter than it says. */
    private void addPoster() {
        if (plan.posterSecond() != null) {
            chains.add(String.format(
                    Locale.ROOT,
                    "[frames]select='eq(n,0)+gte(t,%.3f)',setpts=N/TB,scale=out_range=full,format=yuvj420p[poster]",
                    plan.posterSecond()));
        }
    }

    private int posterRung() {
        for (int i = 0; i < plan.rungs().size(); i++) {
            if (plan.rungs().get(i).shortSide() <= POSTER_SIDE) {
                return i;
            }
        }
        return plan.rungs().size() - 1;
    }

    /** Silence before it begins, where it is interrupted, and behind its end: the sound to play may be the longest. */
    private void addSound(int input, SoundRendition sound, String label) {
        String filters = "[" + input + ":0]" + plan.media().closed().filter("asetpts") + "aresample="
                + SurveyCommand.SAMPLE_RATE + ":async=1:first_pts=0";
        double end = sound.isDefault()
                ? plan.media().video().span().end()
                : plan.media().seconds();
        double own = sound.source().span().end();
        if (end > own) {
            filters += String.format(Locale.ROOT, ",apad=whole_dur=%.3f", end);
        } else if (own > end && !sound.isDefault()) {
            filters += String.format(Locale.ROOT, ",atrim=end=%.3f", end);
        }
        chains.add(filters + ",aformat=channel_layouts=" + sound.layout() + label);
    }
}
