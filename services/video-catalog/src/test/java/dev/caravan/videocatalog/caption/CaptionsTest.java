package dev.caravan.videocatalog.caption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.caravan.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionsTest {

    private static final String VTT = """
            WEBVTT - with a name
            X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0

            NOTE of the author

            STYLE
            ::cue { color: lime }

            intro
            00:01.000 --> 00:02.500 align:start line:0
            <v Ann>Good <b>morning</b> &amp; welcome</v>
            <script>alert(1)</script>

            1:00:00.000 --> 01:00:00.000
            The end
            """.replace("\n1:", "\n01:");

    @Test
    void keepsWebVttAsItIs() {
        Captions captions = Captions.of(VTT.getBytes(UTF_8));

        assertThat(captions.content().strip()).isEqualTo(VTT.strip());
        assertThat(captions.cues()).isEqualTo(2);
        assertThat(captions.words().split(" "))
                .containsExactly("good", "morning", "welcome", "alert", "1", "the", "end");
    }

    @ParameterizedTest
    @CsvSource({"'\r\n'", "'\r'", "'\n'"})
    void takesLinesOfAllSystems(String end) {
        assertThat(Captions.of(VTT.replace("\n", end).getBytes(UTF_8)).content().strip())
                .isEqualTo(VTT.strip());
    }

    @Test
    void makesWebVttOfSubRip() {
        Captions captions = Captions.of("""
                1
                00:00:01,500 --> 00:00:03,000 X1:10 X2:20
                <font color="red">R&D</font> <B>bold</B> {\\an8}a < b --
                second line


                2
                100:00:03,000 --> 100:00:04,000
                end
                """.getBytes(UTF_8));

        assertThat(captions.content()).isEqualTo("""
                WEBVTT

                00:00:01.500 --> 00:00:03.000
                R&amp;D <b>bold</b> a &lt; b --
                second line

                100:00:03.000 --> 100:00:04.000
                end

                """);
        assertThat(Captions.of(captions.content().getBytes(UTF_8)).cues()).isEqualTo(2);
    }

    @Test
    void takesUnicodeWithItsMarks() {
        String text = "WEBVTT\n\n00:01.000 --> 00:02.000\nGr\u00fc\u00dfe \ud83d\ude00";
        Captions plain = Captions.of(text.getBytes(UTF_8));

        assertThat(Captions.of(("\ufeff" + text).getBytes(UTF_8))).isEqualTo(plain);
        assertThat(Captions.of(("\ufeff" + text).getBytes(UTF_16LE))).isEqualTo(plain);
        assertThat(Captions.of(text.getBytes(StandardCharsets.UTF_16))).isEqualTo(plain);
    }

    @Test
    void saysWhereItIsInAnotherEncoding() {
        byte[] latin = "WEBVTT\n\n00:01.000 --> 00:02.000\nGr\u00fc\u00dfe".getBytes(ISO_8859_1);
        byte[] cut = "\ufeffWEBVTT\n".getBytes(UTF_16LE);

        assertThat(refusal(latin))
                .isEqualTo("captions are not valid at line 4: it is not UTF-8 text; save the file as UTF-8");
        assertThat(refusal(Arrays.copyOf(cut, cut.length - 1))).contains("it is not UTF-16LE text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'' ~ captions are required",
                "'no captions' ~ line 1: the file must begin with WEBVTT, or be SubRip",
                "'WEBVTTX' ~ line 1: the file must begin with WEBVTT",
                "'WEBVTT' ~ line 1: the file ends without a cue",
                "'WEBVTT||NOTE only' ~ line 3: the file ends without a cue",
                "'WEBVTT|00:01.000 --> 00:02.000|A' ~ line 2: the times of a cue must follow an empty line",
                "'WEBVTT||A|B|00:01.000 --> 00:02.000|C' ~ line 5: the times of a cue must follow an empty line",
                "'WEBVTT||00:01.000 --> 00:02.000|A|00:03.000 --> 00:04.000|B' ~ line 5: an empty line must come before",
                "'WEBVTT||00:02.000 --> 00:01.000|A' ~ line 3: the cue ends before it begins",
                "'WEBVTT||-00:01.000 --> 00:02.000|A' ~ line 3: the times must be written as 00:01:02.500",
                "'WEBVTT||00:61.000 --> 00:62.000|A' ~ line 3: the times must be written as",
                "'WEBVTT||00:01,000 --> 00:02,000|A' ~ line 3: the times must be written as",
                "'WEBVTT||99999:00:01.000 --> 99999:00:02.000|A' ~ line 3: the times must be written as",
                "'WEBVTT||00:01.000 --> 00:02.000|A@' ~ line 4: it has a control character",
                "'1|00:00:01,000 --> 00:00:02,000|A||one|00:00:03,000 --> 00:00:04,000|B' ~ line 5: the line before the times",
                "'1|00:00:01,000 --> 00:00:02,000|A||B' ~ line 5: a cue must have its times",
            },
            quoteCharacter = '\'')
    void saysTheLineAndWhatIsWrong(String file, String expected) {
        assertThat(refusal(file.replace('|', '\n').replace('@', '\0').getBytes(UTF_8)))
                .contains(expected);
    }

    @Test
    void takesAsManyCuesAsALongVideoHasAndNoMore() {
        String cues = IntStream.range(0, 20_000)
                .mapToObj(i -> "00:01.000 --> 00:02.000\nword" + i)
                .collect(Collectors.joining("\n\n", "WEBVTT\n\n", "\n\n"));

        Captions captions = Captions.of(cues.getBytes(UTF_8));

        assertThat(captions.cues()).isEqualTo(20_000);
        assertThat(captions.words().length()).isLessThan(50_000);
        assertThat(refusal((cues + "00:01.000 --> 00:02.000\nA").getBytes(UTF_8)))
                .contains("more than 20000 cues");
    }

    @Test
    void isNotSlowedByOneEndlessLine() {
        String line = "00:01.000 --> " + " ".repeat(5_000_000);
        String text = "<".repeat(5_000_000);

        assertThat(refusal(("WEBVTT\n\n" + line).getBytes(UTF_8))).contains("line 3");
        assertThat(Captions.of(("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text).getBytes(UTF_8))
                        .cues())
                .isEqualTo(1);
    }

    private static String refusal(byte[] file) {
        Fault[] fault = new Fault[1];
        assertThatExceptionOfType(Fault.class)
                .isThrownBy(() -> Captions.of(file))
                .satisfies(thrown -> fault[0] = thrown);
        return fault[0].fieldErrors().get("captions").get(0);
    }
}
