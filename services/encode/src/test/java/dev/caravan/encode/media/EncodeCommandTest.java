package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodeCommandTest {

    private static final EncodingStyle STYLE = new EncodingStyle("veryfast", 23, 60, 2, 4, 128_000);
    private static final Limits LIMITS = new Limits(1000, Duration.ofHours(1), 1_000_000);

    @Test
    void makesDashHlsAndAPosterInOneRun() {
        Media media = Videos.media(Videos.of(640, 360), new AudioStream(1, 30.0));

        assertThat(String.join("\n", command(media, true))).isEqualTo("""
                        /bin/ffmpeg
                        -nostdin
                        -hide_banner
                        -v
                        error
                        -nostats
                        -progress
                        pipe:1
                        -xerror
                        -err_detect
                        explode
                        -max_alloc
                        536870912
                        -protocol_whitelist
                        file
                        -format_whitelist
                        mov,matroska,mpegts,avi,flv,ogg,mpeg,asf
                        -max_pixels
                        1000000
                        -t
                        3601
                        -i
                        /work/source
                        -filter_complex
                        [0:0]scale=640:360,format=yuv420p,split=3[own0][below0][frames];\
                        [own0]fps=25:start_time=0[v0];\
                        [below0]scale=426:240,fps=25:start_time=0[v1];\
                        [frames]fps=25:start_time=0,select='eq(n,0)+gte(t,3.000)',setpts=N/FRAME_RATE/TB,scale=out_range=full,format=yuvj420p[poster];\
                        [0:1]aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo[a]
                        -map
                        [v0]
                        -map
                        [v1]
                        -map
                        [a]
                        -map_metadata
                        -1
                        -map_chapters
                        -1
                        -c:v
                        libx264
                        -preset
                        veryfast
                        -profile:v
                        high
                        -crf
                        23
                        -g
                        50
                        -keyint_min
                        50
                        -sc_threshold
                        0
                        -force_key_frames
                        expr:gte(t,n_forced*2)
                        -x264-params
                        open-gop=0
                        -b:v:0
                        800000
                        -maxrate:v:0
                        800000
                        -bufsize:v:0
                        1600000
                        -b:v:1
                        400000
                        -maxrate:v:1
                        400000
                        -bufsize:v:1
                        800000
                        -c:a
                        aac
                        -b:a
                        128000
                        -f
                        dash
                        -seg_duration
                        4
                        -use_template
                        1
                        -use_timeline
                        1
                        -init_seg_name
                        init-$RepresentationID$.mp4
                        -media_seg_name
                        segment-$RepresentationID$-$Number%05d$.m4s
                        -adaptation_sets
                        id=0,streams=v id=1,streams=a
                        -hls_playlist
                        1
                        -hls_master_name
                        master.m3u8
                        master.mpd
                        -map
                        [poster]
                        -map_metadata
                        -1
                        -frames:v
                        2
                        -c:v
                        mjpeg
                        -q:v
                        4
                        -f
                        image2
                        -update
                        1
                        poster.jpg""");
    }

    @Test
    void leavesOutSoundAndPosterWhenThereAreNone() {
        List<String> command = command(Videos.media(Videos.of(256, 144), null), false);

        assertThat(command)
                .doesNotContain("-c:a", "[a]", "[poster]", "poster.jpg")
                .endsWith("master.mpd");
        assertThat(command).contains("id=0,streams=v");
        assertThat(filters(command)).isEqualTo("[0:0]scale=256:144,format=yuv420p,fps=25:start_time=0[v0]");
    }

    @Test
    void takesThePosterFromTheFirstSizeThatIsNoLargerThan720() {
        assertThat(filters(command(Videos.media(Videos.of(1920, 1080), null), true)))
                .startsWith("[0:0]scale=1920:1080,format=yuv420p,split=2[own0][below0];[own0]fps=25:start_time=0[v0];"
                        + "[below0]scale=1280:720,split=3[own1][below1][frames];[own1]fps=25:start_time=0[v1];"
                        + "[below1]scale=854:480,split=2[own2][below2];")
                .contains(";[below3]scale=426:240,fps=25:start_time=0[v4];[frames]");
    }

    @Test
    void cutsAnOddLineOff() {
        assertThat(filters(command(Videos.media(Videos.of(321, 241), null), false)))
                .isEqualTo(
                        "[0:0]crop=trunc(iw/2)*2:trunc(ih/2)*2,scale=320:240,format=yuv420p,fps=25:start_time=0[v0]");
    }

    @Test
    void bringsHighDynamicRangeDownToWhatEveryScreenShows() {
        VideoStream video = new VideoStream(
                2, 3840, 2160, Ratio.ONE, 0, new Ratio(24, 1), new Ratio(24, 1), false, Transfer.HLG, 30.0);

        assertThat(filters(command(Videos.media(video, null), false)))
                .startsWith("[0:2]zscale=w=1920:h=1080:tin=arib-std-b67:pin=bt2020:min=bt2020nc"
                        + ":t=linear:npl=100,format=gbrpf32le,tonemap=hable:desat=0,zscale=p=bt709:t=bt709:m=bt709:r=tv"
                        + ",format=yuv420p,split=2[own0][below0];[own0]fps=24:start_time=0[v0]");
    }

    @Test
    void joinsFieldsOfInterlacedVideo() {
        VideoStream video = Videos.withRates(new Ratio(25, 1), new Ratio(25, 1), true);

        assertThat(filters(command(Videos.media(video, null), false)))
                .startsWith("[0:0]bwdif=mode=send_frame:deint=interlaced,scale=640:360");
    }

    @Test
    void letsTheLastPictureStandWhileTheSoundGoesOn() {
        assertThat(filters(command(Videos.media(Videos.of(256, 144), new AudioStream(1, 45.0)), false)))
                .contains(",format=yuv420p,fps=25:start_time=0,tpad=stop_mode=clone:stop_duration=15.000[v0]");
        assertThat(filters(command(Videos.media(Videos.of(256, 144), new AudioStream(1, 30.4)), false)))
                .doesNotContain("tpad");
    }

    @Test
    void setsKeyframesTwoSecondsApartAtAnyRate() {
        VideoStream video = Videos.withRates(new Ratio(30000, 1001), new Ratio(30000, 1001), false);
        List<String> command = command(Videos.media(video, null), false);

        assertThat(command.get(command.indexOf("-g") + 1)).isEqualTo("60");
        assertThat(command.get(command.indexOf("-keyint_min") + 1)).isEqualTo("60");
    }

    @Test
    void probesWithTheSameGuards() {
        assertThat(ProbeCommand.of("/bin/ffprobe", Path.of("/work/source"), LIMITS))
                .startsWith("/bin/ffprobe")
                .containsSequence("-protocol_whitelist", "file", "-format_whitelist")
                .containsSequence("-max_pixels", "1000000")
                .endsWith("-print_format", "json", "-i", "/work/source");
    }

    @Test
    void refusesSegmentsThatDoNotEndAtAKeyframe() {
        assertThatThrownBy(() -> new EncodingStyle("veryfast", 23, 60, 2, 5, 128_000))
                .hasMessageContaining("segment-seconds");
    }

    private static List<String> command(Media media, boolean poster) {
        return EncodeCommand.of(
                "/bin/ffmpeg", Path.of("/work/source"), Plan.of(media, LadderTest.LADDER, 60, poster), STYLE, LIMITS);
    }

    private static String filters(List<String> command) {
        return command.get(command.indexOf("-filter_complex") + 1);
    }
}
