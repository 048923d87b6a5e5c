package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinedTest {

    private static final Path JOB = Path.of("/work");
    private static final Input WHOLE = Input.of(JOB.resolve("source"), JOB);
    private static final Losses DAMAGE =
            new Losses(List.of(), List.of(new Span(1, 2)), List.of(new Span(3, 4)), 2.5, 0, false, 0);

    @Test
    void areOneBehindTheOther() {
        Media media = Joined.of(
                List.of(input(0), input(1)),
                List.of(
                        part(1.4, video(640, 360, 25, 10), Videos.sound(0.5, 9), Gaps.NONE, Losses.NONE),
                        part(7, video(1280, 720, 50, 4), Videos.sound(0, 5), Gaps.NONE, DAMAGE)),
                0);

        assertThat(media.seconds()).isEqualTo(15);
        assertThat(media.video().span()).isEqualTo(new Span(0, 14));
        assertThat(media.video().width()).isEqualTo(1280);
        assertThat(media.video().baseRate()).isEqualTo(new Ratio(50, 1));
        assertThat(Objects.requireNonNull(media.audio()).span()).isEqualTo(new Span(0.5, 15));
        assertThat(media.pieces()).extracting(Piece::zero).containsExactly(1.4, 7.0 - 10);
        assertThat(media.losses().sound()).containsExactly(new Span(11, 12));
        assertThat(media.losses().holes()).containsExactly(new Span(13, 14));
        assertThat(media.losses().missing()).isEqualTo(2.5);
    }

    @Test
    void lackNothingAtTheirEndWhenOthersCome() {
        Media media = Joined.of(
                List.of(input(0), input(1)),
                List.of(
                        part(0, video(64, 48, 25, 10), null, Gaps.NONE, DAMAGE),
                        part(0, video(64, 48, 25, 10), null, Gaps.NONE, Losses.NONE)),
                1);

        assertThat(media.losses().missing()).isZero();
        assertThat(media.losses().warnings()).contains("1 part of the file could not be read.");
    }

    @Test
    void closeTheGapsOfEach() {
        Gaps gaps = new Gaps(List.of(new Span(2, 5)));
        Media media = Joined.of(
                List.of(input(0), input(1)),
                List.of(
                        part(0, video(64, 48, 25, 10), Videos.sound(0, 10), gaps, Losses.NONE),
                        part(0, video(64, 48, 25, 10), Videos.sound(0, 10), gaps, Losses.NONE)),
                0);

        assertThat(media.closed().spans()).containsExactly(new Span(2, 5), new Span(15, 18));
        assertThat(media.pieces()).extracting(Piece::zero).containsExactly(0.0, -13.0);
        assertThat(Joined.sounds(media)).isEqualTo("""
                ffconcat version 1.0
                file part-0/sound.nut
                duration 13.000000
                file part-1/sound.nut
                """);
    }

    @Test
    void areSilentWhereOneHasASoundThatCannotBeRead() {
        Losses silent = new Losses(List.of(), List.of(), List.of(), 0, 0, true, 0);
        Media heard = part(0, video(64, 48, 25, 10), Videos.sound(0, 10), Gaps.NONE, Losses.NONE);
        Media unheard = part(0, video(64, 48, 25, 3), null, Gaps.NONE, silent);

        assertThat(Joined.of(List.of(input(0), input(1)), List.of(heard, unheard), 0)
                        .losses()
                        .warnings())
                .containsExactly("3.0 s of the sound at 00:10 could not be read.");
        assertThat(Joined.of(List.of(input(0), input(1)), List.of(unheard, unheard), 0)
                        .losses()
                        .warnings())
                .containsExactly("The sound could not be read.");
    }

    @Test
    void areDecodedByThemselvesAndMadeAlike() {
        Media media = Joined.of(
                List.of(input(0), input(1)),
                List.of(
                        part(1.4, video(64, 48, 25, 10), Videos.sound(0, 10), Gaps.NONE, Losses.NONE),
                        part(0, video(96, 72, 25, 10), Videos.sound(0, 10), Gaps.NONE, Losses.NONE)),
                0);
        EncodingStyle style = new EncodingStyle("veryfast", 23, 60, 2, 4, 128_000, 384_000);
        Limits limits = new Limits(1000, Duration.ofHours(1), 1_000_000, 0.5, 0.5);
        List<String> command = EncodeCommand.of(
                "ffmpeg",
                WHOLE,
                JOB,
                Plan.of(media, LadderTest.LADDER, 60, false).groups(0).get(0),
                style,
                limits);

        assertThat(command)
                .containsSequence("-protocol_whitelist", "file,subfile", "-format_whitelist")
                .containsSequence("-itsoffset", "-1.400000", "-i", "subfile,,start,0,end,100,,:/work/source")
                .containsSequence("-itsoffset", "10.000000", "-i", "subfile,,start,100,end,200,,:/work/source")
                .containsSequence("-format_whitelist", "concat,nut")
                .containsSequence("-f", "concat", "-i", "/work/sound.ffconcat")
                .containsSequence("-map", "1:0", "-c", "copy", "-copyinkf", "-f", "framecrc")
                .contains("/work/part-0/seen.txt", "/work/part-1/packets-0.txt")
                .doesNotContain("/work/source");
        assertThat(String.join(" ", command))
                .contains("[0:0]split=2[decoded0][tally0];", "[1:0]split=2[decoded1][tally1];")
                .contains("color_trc=bt709[piece1];[piece0][piece1]interleave=nb_inputs=2,fps=25[v0]")
                .contains("[2:0]aresample=48000:async=1:first_pts=0");
    }

    private static Input input(int number) {
        return Input.of(JOB.resolve("source"), 100L * number, 100L * number + 100, JOB.resolve("part-" + number));
    }

    private static VideoStream video(int width, int height, int rate, double seconds) {
        return Videos.of(width, height).timed(new Span(0, seconds), 0, new Ratio(rate, 1));
    }

    private static Media part(double zero, VideoStream video, @Nullable AudioStream audio, Gaps gaps, Losses losses) {
        return new Media(zero, video, false, audio, losses, gaps);
    }
}
