package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The filters between decoder and encoders: the picture is made upright (by ffmpeg itself) and standard once, then
 * each size is scaled from the one above it and made steady.
 *
 * <p>Labels: {@code [v0]} and on for the sizes, {@code [poster]}, {@code [a]}.
 */
final class FilterGraph {

    /** The poster is no larger than this, short side. */
    private static final int POSTER_SIDE = 720;

    private final Plan plan;
    private final List<String> chains = new ArrayList<>();

    private FilterGraph(Plan plan) {
        this.plan = plan;
    }

    static String of(Plan plan) {
        FilterGraph graph = new FilterGraph(plan);
        graph.addPicture();
        graph.addPoster();
        graph.addSound();
        return String.join(";", graph.chains);
    }

    private void addPicture() {
        List<Rung> rungs = plan.rungs();
        String input = "[0:" + plan.media().video().index() + "]" + String.join(",", standardised(rungs.get(0)));
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

    private List<String> standardised(Rung top) {
        VideoStream video = plan.media().video();
        List<String> filters = new ArrayList<>();
        if (video.interlaced()) {
            filters.add("bwdif=mode=send_frame:deint=interlaced");
        }
        if (video.width() % 2 != 0 || video.height() % 2 != 0) {
            filters.add("crop=trunc(iw/2)*2:trunc(ih/2)*2");
        }
        if (video.transfer() == Transfer.SDR) {
            filters.add("scale=" + top.width() + ":" + top.height());
        } else {
            filters.add("zscale=w=" + top.width() + ":h=" + top.height() + ":tin="
                    + video.transfer().ffmpegName() + ":pin=bt2020:min=bt2020nc:t=linear:npl=100");
            filters.add("format=gbrpf32le");
            filters.add("tonemap=hable:desat=0");
            filters.add("zscale=p=bt709:t=bt709:m=bt709:r=tv");
        }
        filters.add("format=yuv420p");
        return filters;
    }

    /**
     * A constant rate, as the last filter of each size: it repeats the last picture for as long as that is to be shown,
     * all at once, and a filter behind it would make a copy of each in memory.
     */
    private String steady() {
        String rate = "fps=" + plan.rate() + ":start_time=0";
        return plan.stillSeconds() > 0
                ? rate + String.format(Locale.ROOT, ",tpad=stop_mode=clone:stop_duration=%.3f", plan.stillSeconds())
                : rate;
    }

    /** Two pictures into one file: the second wins, and the first is there when the video is shorter than it says. */
    private void addPoster() {
        if (plan.posterSecond() != null) {
            chains.add(String.format(
                    Locale.ROOT,
                    "[frames]fps=%s:start_time=0,select='eq(n,0)+gte(t,%.3f)',setpts=N/FRAME_RATE/TB"
                            + ",scale=out_range=full,format=yuvj420p[poster]",
                    plan.rate(),
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

    private void addSound() {
        AudioStream audio = plan.media().audio();
        if (audio != null) {
            chains.add(
                    "[0:" + audio.index() + "]aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo[a]");
        }
    }
}
