package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodeCommandTest {

    private static final EncodingStyle STYLE = new EncodingStyle("veryfast", 23, 60, 2, 4, 128_000, 384_000);
    private static final Input SOURCE = Input.of(Path.of("/work/source"), Path.of("/work"));
    private static final Limits LIMITS = new Limits(1000, Duration.ofHours(1), 1_000_000, 0.5, 0.5);

    @Test
    void makesTheSmallestSizeWithTheSoundFirstAndTheOthersWithThePoster() {
        Plan plan = Plan.of(Videos.media(Videos.of(640, 360), Videos.sound(0, 30)), LadderTest.LADDER, 60, true);
        List<RenditionGroup> groups = plan.groups(1);
        assertThat(groups).hasSize(2);

        List<String> first = EncodeCommand.of("ffmpeg", SOURCE, Path.of("/work"), groups.get(0), STYLE, LIMITS);
        List<String> rest = EncodeCommand.of("ffmpeg", SOURCE, Path.of("/work"), groups.get(1), STYLE, LIMITS);

        assertThat(first)
                .contains("[v0]", "[a]", "aac", "init-first-$RepresentationID$.mp4", "first-master.mpd")
                .doesNotContain("[v1]", "[poster]", "poster.jpg");
        assertThat(rest)
                .contains("[v0]", "[poster]", "poster.jpg", "init-$RepresentationID$.mp4", "master.mpd")
                .doesNotContain("[a]", "aac");
        // What is read along has a say in the times that ffmpeg gives to all.
        assertThat(rest.stream().filter("0:1"::equals).count())
                .isEqualTo(first.stream().filter("0:1"::equals).count());
    }

    @Test
    void makesAllSizesAtOnceWhenNoneOrEachIsToBeFirst() {
        Plan plan = Plan.of(Videos.media(Videos.of(640, 360), Videos.sound(0, 30)), LadderTest.LADDER, 60, true);

        assertThat(plan.groups(0)).containsExactly(new RenditionGroup(plan, "", false));
        assertThat(plan.groups(plan.rungs().size())).containsExactly(new RenditionGroup(plan, "", true));
    }

    @Test
    void makesSegmentsAndAPosterInOneRun() {
        Media media = Videos.media(Videos.of(640, 360), Videos.sound(0, 30));

        assertThat(String.join("\n", command(media, true))).isEqualTo("""
                        /bin/ffmpeg
                        -nostdin
                        -hide_banner
                        -y
                        -v
                        repeat+warning
                        -nostats
                        -progress
                        pipe:1
                        -max_error_rate
                        1
                        -max_alloc
                        536870912
                        -protocol_whitelist
                        file
                        -format_whitelist
                        mov,matroska,mpegts,avi,flv,ogg,mpeg,asf,gif,mp3,aac,flac,wav,w64,aiff,ac3,amr
                        -max_pixels
                        1000000
                        -probesize
                        50000000
                        -analyzeduration
                        60000000
                        -t
                        3601
                        -itsoffset
                        0.000000
                        -i
                        /work/source
                        -itsoffset
                        0.000000
                        -max_alloc
                        536870912
                        -protocol_whitelist
                        file
                        -format_whitelist
                        nut
                        -max_pixels
                        1000000
                        -f
                        nut
                        -i
                        /work/sound.nut
                        -filter_complex
                        [0:0]split=2[decoded0][tally0];\
                        [tally0]crop=min(iw\\,16):min(ih\\,16),scale=16:16,format=gray[seen0];\
                        [decoded0]scale=w='if(lt(abs(dar*360/640-1),0.02),640,max(2,min(640,2*round(360*dar/2))))'\
                        :h='if(lt(abs(dar*360/640-1),0.02),360,max(2,min(360,2*round(640/dar/2))))'\
                        :in_color_matrix=smpte170m:out_color_matrix=smpte170m:out_range=tv,format=yuv420p,pad=640:360:-1:-1,setsar=1,\
                        setparams=range=tv:colorspace=smpte170m:color_primaries=smpte170m:color_trc=smpte170m,\
                        split=3[own0][below0][frames];\
                        [own0]fps=25[v0];\
                        [below0]scale=426:240,fps=25[v1];\
                        [frames]select='eq(n,0)+gte(t,3.000)',setpts=N/TB,scale=out_range=full,format=yuvj420p[poster]
                        -filter_complex
                        [1:0]aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo[a]
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
                        -fps_mode
                        cfr
                        -r
                        25
                        -color_range
                        tv
                        -colorspace
                        smpte170m
                        -color_primaries
                        smpte170m
                        -color_trc
                        smpte170m
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
                        -t
                        30.100000
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
                        master.mpd
                        -map
                        [poster]
                        -map_metadata
                        -1
                        -fps_mode
                        passthrough
                        -enc_time_base
                        1/1
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
                        poster.jpg
                        -map
                        [seen0]
                        -fps_mode
                        passthrough
                        -enc_time_base
                        1/100000
                        -c:v
                        rawvideo
                        -f
                        framecrc
                        /work/seen.txt
                        -map
                        0:0
                        -c
                        copy
                        -copyinkf
                        -f
                        framecrc
                        /work/packets-0.txt
                        -map
                        0:1
                        -c
                        copy
                        -f
                        null
                        -""");
    }

    @Test
    void leavesOutSoundAndPosterWhenThereAreNone() {
        List<String> command = command(Videos.media(Videos.of(256, 144), null), false);

        assertThat(command).doesNotContain("-c:a", "[a]", "[poster]", "poster.jpg", "/work/sound.nut");
        assertThat(command).contains("id=0,streams=v").containsOnlyOnce("-filter_complex");
        assertThat(filters(command)).endsWith("color_trc=smpte170m,fps=25[v0]");
    }

    @Test
    void takesThePosterFromTheFirstSizeThatIsNoLargerThan720() {
        assertThat(filters(command(Videos.media(Videos.of(1920, 1080), null), true)))
                .contains("color_trc=bt709,split=2[own0][below0];[own0]fps=25[v0];"
                        + "[below0]scale=1280:720,split=3[own1][below1][frames];[own1]fps=25[v1];"
                        + "[below1]scale=854:480,split=2[own2][below2];")
                .contains(";[below3]scale=426:240,fps=25[v4];[frames]");
    }

    @Test
    void cutsAnOddLineOff() {
        assertThat(filters(command(Videos.media(Videos.of(321, 241), null), false)))
                .contains("[decoded0]crop=max(1\\,trunc(iw/2)*2):max(1\\,trunc(ih/2)*2),scale=w='if(")
                .contains(",pad=320:240:-1:-1,");
    }

    @Test
    void bringsHighDynamicRangeDownToWhatEveryScreenShows() {
        assertThat(filters(command(Videos.media(Videos.of(Transfer.HLG, new Ratio(24, 1)), null), false)))
                .startsWith("[0:2]split=2[decoded0][tally0];")
                .contains("[decoded0]zscale=w='if(lt(abs(dar*1080/1920-1),0.02),1920,")
                .contains(":tin=arib-std-b67:pin=bt2020:min=bt2020nc"
                        + ":t=linear:npl=100,format=gbrpf32le,tonemap=hable:desat=0,zscale=p=bt709:t=bt709:m=bt709:r=tv"
                        + ",format=yuv420p,pad=1920:1080:-1:-1,setsar=1,"
                        + "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709,"
                        + "split=2[own0][below0];[own0]fps=24[v0]");
    }

    @Test
    void showsNothingOfHevcThatIsBeforeTheFirstWholePicture() {
        VideoStream cut = Videos.of(Transfer.SDR, new Ratio(24, 1)).timed(new Span(0.5, 8), 1.25, new Ratio(24, 1));
        VideoStream whole = Videos.of(Transfer.SDR, new Ratio(24, 1)).timed(new Span(0.5, 8), 0.5, new Ratio(24, 1));

        assertThat(filters(command(Videos.media(cut, null), false)))
                .startsWith("[0:2]select=gte(t\\,1.249),split=2[decoded0][tally0];");
        assertThat(filters(command(Videos.media(whole, null), false))).startsWith("[0:2]split=2[decoded0][tally0];");
    }

    @Test
    void joinsFieldsOfInterlacedVideo() {
        VideoStream video = Videos.withRates(new Ratio(25, 1), new Ratio(25, 1), true);

        assertThat(filters(command(Videos.media(video, null), false)))
                .contains("[decoded0]bwdif=mode=send_frame:deint=interlaced,scale=w='if(");
    }

    @Test
    void letsTheLastPictureStandWhileTheSoundGoesOn() {
        assertThat(filters(command(Videos.media(Videos.of(256, 144), Videos.sound(0, 45)), false)))
                .contains(",fps=25,tpad=stop_mode=clone:stop_duration=15.000[v0]");
        assertThat(filters(command(Videos.media(Videos.of(256, 144), Videos.sound(0, 30.03)), false)))
                .doesNotContain("tpad");
    }

    @Test
    void isSilentWhileThePictureGoesOn() {
        List<String> command = command(Videos.media(Videos.of(256, 144), Videos.sound(2, 20)), false);

        assertThat(command)
                .contains(
                        "[1:0]aresample=48000:async=1:first_pts=0,apad=whole_dur=30.000,aformat=channel_layouts=stereo[a]")
                .containsSequence("-itsoffset", "2.000000", "-max_alloc")
                .containsSequence("-f", "nut", "-i", "/work/sound.nut");
    }

    @Test
    void beginsWithTheFirstThatIsSeenOrHeard() {
        Media late = new Media(99.5, Videos.of(256, 144), false, null, Losses.NONE, Gaps.NONE);

        assertThat(command(late, false)).containsSequence("-itsoffset", "-99.500000", "-i", "/work/source");
    }

    @Test
    void showsAPictureWhileSoundAloneIsHeard() {
        Media song = new Media(0, Videos.of(320, 320), true, Videos.sound(0, 30), Losses.NONE, Gaps.NONE);
        List<String> command = command(song, true);

        assertThat(command)
                .containsSequence("-format_whitelist", "png_pipe")
                .containsSequence("-loop", "1", "-framerate", "5", "-t", "30.000000", "-i", "/work/still.png")
                .containsSequence("-i", "/work/sound.nut")
                .doesNotContain("/work/source", "[seen0]");
        assertThat(filters(command)).startsWith("[0:0]scale=w='if(");
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
        assertThat(ProbeCommand.of("/bin/ffprobe", SOURCE, LIMITS))
                .startsWith("/bin/ffprobe")
                .containsSequence("-protocol_whitelist", "file", "-format_whitelist")
                .containsSequence("-max_pixels", "1000000")
                .endsWith("-print_format", "json", "-i", "/work/source");
        assertThat(ProbeCommand.samples("/bin/ffprobe", SOURCE, LIMITS))
                .containsSequence("-protocol_whitelist", "file", "-format_whitelist")
                .containsSequence("-read_intervals", "%+5")
                .endsWith("-i", "/work/source");
    }

    @Test
    void refusesSegmentsThatDoNotEndAtAKeyframe() {
        assertThatThrownBy(() -> new EncodingStyle("veryfast", 23, 60, 2, 5, 128_000, 384_000))
                .hasMessageContaining("segment-seconds");
    }

    private static List<String> command(Media media, boolean poster) {
        return EncodeCommand.of(
                "/bin/ffmpeg",
                SOURCE,
                Path.of("/work"),
                Plan.of(media, LadderTest.LADDER, 60, poster).groups(0).get(0),
                STYLE,
                LIMITS);
    }

    private static String filters(List<String> command) {
        return command.get(command.indexOf("-filter_complex") + 1);
    }
}
