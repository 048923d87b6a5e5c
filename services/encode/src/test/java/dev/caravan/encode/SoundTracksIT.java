package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Ladder;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.SoundRendition;
import dev.caravan.encode.presentation.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with several sounds, through the real encoder on each ffmpeg of this machine, and heard as players do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoundTracksIT {

    private static final String PICTURE = "-f lavfi -i testsrc2=s=256x144:r=25:d=3 ";
    private static final String ENCODE = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p ";
    private static final double HERTZ = 10;
    private static final double SILENT = 0.005;

    private Path folder;
    private int rooms;

    @BeforeAll
    void find(@TempDir Path temporary) throws Exception {
        folder = temporary.toRealPath();
    }

    static Stream<FfmpegBinaries> ffmpegs() {
        return Encoders.all();
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void areKeptWithTheirLanguagesAndTheMarkedOneIsPlayed(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                PICTURE + tone(440) + tone(1000) + tone(2000) + "-map 0 -map 1 -map 2 -map 3" + ENCODE
                        + "-c:a aac -metadata:s:a:0 language=eng -metadata:s:a:1 language=ger -metadata:s:a:2 language=eng"
                        + " -metadata:s:a:2 title=Described -disposition:a:0 0 -disposition:a:1 default"
                        + " -disposition:a:2 visual_impaired languages.mkv");

        assertThat(encoded.video.warnings()).isEmpty();
        assertThat(encoded.video.sounds())
                .extracting(SoundRendition::label, SoundRendition::language, SoundRendition::isDefault)
                .containsExactly(
                        tuple("Deutsch", "de", true), tuple("English", "en", false), tuple("Described", "en", false));
        assertThat(encoded.lines("#EXT-X-MEDIA"))
                .containsExactly(
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"stereo\",NAME=\"Deutsch\",LANGUAGE=\"de\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"media_1.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"stereo\",NAME=\"English\",LANGUAGE=\"en\",DEFAULT=NO,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"media_2.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"stereo\",NAME=\"Described\",LANGUAGE=\"en\",DEFAULT=NO,AUTOSELECT=YES,CHANNELS=\"2\",CHARACTERISTICS=\"public.accessibility.describes-video\",URI=\"media_3.m3u8\"");
        assertThat(encoded.lines("#EXT-X-STREAM-INF"))
                .singleElement()
                .asString()
                .endsWith(",mp4a.40.2\",AUDIO=\"stereo\"");
        assertThat(encoded.dash())
                .contains("lang=\"de\" segmentAlignment=\"true\" selectionPriority=\"4\"")
                .contains("<Label>English</Label><Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"alternate\"/>")
                .contains("<Label>Described</Label>"
                        + "<Accessibility schemeIdUri=\"urn:tva:metadata:cs:AudioPurposeCS:2007\" value=\"1\"/>"
                        + "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"description\"/>"
                        + "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"alternate\"/>");
        assertThat(encoded.pitch(1)).isCloseTo(1000, within(HERTZ));
        assertThat(encoded.pitch(2)).isCloseTo(440, within(HERTZ));
        assertThat(encoded.pitch(3)).isCloseTo(2000, within(HERTZ));
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void areIn51BesideTheStereoWhereAFileHasIt(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                PICTURE + "-f lavfi -i aevalsrc=0.2*sin(2*PI*440*t)|0|0|0|0|0|0|0.03*sin(2*PI*880*t):c=7.1:d=3 "
                        + tone(1000) + "-map 0 -map 1 -map 2" + ENCODE
                        + "-c:a flac -metadata:s:a:0 language=fre -metadata:s:a:1 language=und surround.mkv");

        assertThat(encoded.video.warnings()).isEmpty();
        assertThat(encoded.video.sounds())
                .extracting(SoundRendition::label, SoundRendition::channels)
                .containsExactly(tuple("Fran\u00e7ais", 2), tuple("Sound 2", 2), tuple("Fran\u00e7ais", 6));
        assertThat(encoded.lines("#EXT-X-MEDIA"))
                .containsExactly(
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"stereo\",NAME=\"Fran\u00e7ais\",LANGUAGE=\"fr\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"media_1.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"stereo\",NAME=\"Sound 2\",DEFAULT=NO,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"media_2.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"surround\",NAME=\"Fran\u00e7ais\",LANGUAGE=\"fr\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"6\",URI=\"media_3.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"surround\",NAME=\"Sound 2\",DEFAULT=NO,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"media_2.m3u8\"");
        List<String> variants = encoded.lines("#EXT-X-STREAM-INF");
        assertThat(variants).hasSize(2);
        assertThat(variants.get(0)).endsWith("AUDIO=\"stereo\"");
        assertThat(variants.get(1)).endsWith("AUDIO=\"surround\"");
        assertThat(bandwidth(variants.get(1)) - bandwidth(variants.get(0))).isEqualTo(384_000 - 128_000);
        assertThat(encoded.dash())
                .contains("<Label>Fran\u00e7ais (5.1)</Label>", "audio_channel_configuration:2011\" value=\"6\"");
        assertThat(encoded.pitch(1)).isCloseTo(440, within(HERTZ));
        assertThat(encoded.pitch(3)).isCloseTo(440, within(HERTZ));
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void ofOneStereoTrackAreAsSimpleAsCanBe(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                PICTURE + tone(440) + "-map 0 -map 1" + ENCODE
                        + "-c:a aac -metadata:s:a:0 language=ger -metadata:s:a:0 title=Main single.mkv");

        assertThat(encoded.video.sounds())
                .singleElement()
                .extracting(SoundRendition::label, SoundRendition::language, SoundRendition::channels)
                .containsExactly("Main", "de", 2);
        assertThat(encoded.lines("#EXT-X-MEDIA"))
                .singleElement()
                .asString()
                .startsWith("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"stereo\",NAME=\"Main\",LANGUAGE=\"de\",DEFAULT=YES,");
        assertThat(encoded.dash()).doesNotContain("lang=", "Label", "Role", "selectionPriority");
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void thatBeginLateEndEarlyOrAreLongerFitTheVideo(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                PICTURE + tone(440) + "-itsoffset 1 -f lavfi -i sine=f=1000:d=1 -f lavfi -i sine=f=2000:d=9 "
                        + "-map 0 -map 1 -map 2 -map 3" + ENCODE + "-c:a aac uneven.mkv");

        assertThat(encoded.video.warnings()).isEmpty();
        assertThat(encoded.video.seconds()).isCloseTo(3, within(0.1));
        assertThat(encoded.video.sounds()).hasSize(3);
        assertThat(encoded.loudness(2, 0.5)).isLessThan(SILENT);
        assertThat(encoded.pitch(2, 1.3)).isCloseTo(1000, within(HERTZ));
        assertThat(encoded.loudness(2, 2.5)).isLessThan(SILENT);
        assertThat(encoded.pitch(3, 2)).isCloseTo(2000, within(HERTZ));
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void thatCannotBeReadCostNoneOfTheOthers(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                PICTURE + tone(440) + tone(1000) + tone(2000) + "-map 0 -map 1 -map 2 -map 3" + ENCODE
                        + "-c:a:0 aac -c:a:1 ac3 -bsf:a:1 noise=amount=1 -c:a:2 flac -metadata:s:a:1 language=ger"
                        + " damaged.mkv");

        assertThat(encoded.video.warnings()).containsExactly("The sound track \"Deutsch\" could not be read.");
        assertThat(encoded.video.sounds()).extracting(SoundRendition::label).containsExactly("Sound 1", "Sound 2");
        assertThat(encoded.pitch(1)).isCloseTo(440, within(HERTZ));
        assertThat(encoded.pitch(2)).isCloseTo(2000, within(HERTZ));
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void areAtMostEightAndHaveEachANameOfItsOwn(FfmpegBinaries binaries) throws Exception {
        StringBuilder maps = new StringBuilder("-map 0");
        for (int i = 0; i < 10; i++) {
            maps.append(" -map 1 -metadata:s:a:%d language=eng -metadata:s:a:%d title=\"A\"".formatted(i, i));
        }
        Encoded encoded = encode(binaries, PICTURE + tone(440) + maps + ENCODE + "-c:a aac many.mkv");

        assertThat(encoded.video.warnings())
                .containsExactly("2 more sound tracks were left out: a video has at most 8.");
        assertThat(encoded.video.sounds())
                .extracting(SoundRendition::label)
                .containsExactly("'A'", "'A' 2", "'A' 3", "'A' 4", "'A' 5", "'A' 6", "'A' 7", "'A' 8");
        assertThat(encoded.lines("#EXT-X-MEDIA"))
                .filteredOn(line -> line.contains("AUTOSELECT=YES"))
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void areKeptOfSoundAlone(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                tone(440) + tone(1000) + "-map 0 -map 1 -c:a libopus -b:a 64k -metadata:s:a:0 language=deu"
                        + " -metadata:s:a:1 language=spa alone.mka");

        assertThat(encoded.video.sounds()).extracting(SoundRendition::language).containsExactly("de", "es");
        int first = encoded.plan.rungs().size();
        assertThat(encoded.pitch(first)).isCloseTo(440, within(HERTZ));
        assertThat(encoded.pitch(first + 1)).isCloseTo(1000, within(HERTZ));
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void areOfTransportStreamsToo(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                PICTURE + tone(440) + tone(1000) + "-map 0 -map 1 -map 2" + ENCODE
                        + "-c:a mp2 -metadata:s:a:0 language=deu -metadata:s:a:1 language=fra two.ts");

        assertThat(encoded.video.warnings()).isEmpty();
        assertThat(encoded.video.sounds()).extracting(SoundRendition::language).containsExactly("de", "fr");
        assertThat(encoded.pitch(1)).isCloseTo(440, within(HERTZ));
        assertThat(encoded.pitch(2)).isCloseTo(1000, within(HERTZ));
    }

    /** They take disk while a video is encoded: where that is too much, the one to play is kept. */
    @ParameterizedTest
    @MethodSource("ffmpegs")
    void areFewerWhereTheyWouldTakeTooMuchRoom(FfmpegBinaries binaries) throws Exception {
        Encoded encoded = encode(
                binaries,
                clips -> clips.make(PICTURE + tone(440) + tone(1000) + "-map 0 -map 1 -map 2" + ENCODE
                        + "-c:a aac -b:a 32k -metadata:s:a:1 language=ger large.mkv"),
                Map.of("encode.max-size", "600KB"));

        assertThat(encoded.video.warnings()).containsExactly("The sound track \"Deutsch\" could not be read.");
        assertThat(encoded.video.sounds()).hasSize(1);
        assertThat(encoded.pitch(1)).isCloseTo(440, within(HERTZ));
    }

    private static String tone(int hertz) {
        return "-f lavfi -i sine=f=%d:d=3 ".formatted(hertz);
    }

    private static long bandwidth(String variant) {
        return Long.parseLong(variant.replaceAll(".*BANDWIDTH=(\\d+).*", "$1"));
    }

    private interface Making {
        Path with(Clips clips) throws IOException;
    }

    private Encoded encode(FfmpegBinaries binaries, String arguments) throws Exception {
        return encode(binaries, clips -> clips.make(arguments), Map.of());
    }

    /** As the steps of the routes do it. */
    private Encoded encode(FfmpegBinaries binaries, Making making, Map<String, Object> changes) throws Exception {
        Path own = Files.createDirectory(folder.resolve("room-" + rooms++));
        Path room = Files.createDirectory(own.resolve("job"));
        try (Clips clips = new Clips(Encoders.bundled(), own);
                Programs programs = Encoders.programs(binaries)) {
            Path source = Files.copy(making.with(clips), room.resolve("source"));
            EncodeProperties properties = Encoders.properties(binaries, own, changes);
            Encoder encoder = Encoders.of(properties, programs);
            Path output = Files.createDirectory(room.resolve("encoded"));
            Media media = encoder.probe(source, room, null, progress -> {});
            Plan plan = Plan.of(
                    media, new Ladder(properties.ladder()), properties.style().maxFrameRate(), true);
            EncodedVideo video = Encoders.encode(encoder, source, room, output, plan);
            Encoders.verifier(properties, programs).decode(Verification.of(output, plan, video), output, room);
            return new Encoded(video, plan, output, own);
        }
    }

    /** What came out. */
    private record Encoded(EncodedVideo video, Plan plan, Path output, Path own) {

        List<String> lines(String tag) throws IOException {
            return Files.readAllLines(output.resolve(EncodeCommand.HLS)).stream()
                    .filter(line -> line.startsWith(tag + ":"))
                    .toList();
        }

        /** Without blanks between elements. */
        String dash() throws IOException {
            return Files.readString(output.resolve(EncodeCommand.DASH)).replaceAll(">\\s+<", "><");
        }

        double pitch(int track) throws Exception {
            return pitch(track, 1);
        }

        double pitch(int track, double at) throws Exception {
            return heard(track).pitch(at);
        }

        double loudness(int track, double at) throws Exception {
            return heard(track).loudness(at);
        }

        private Result heard(int track) throws Exception {
            Path seen = Files.createTempDirectory(own, "heard");
            try (Programs player = new Programs(0, Encoders.bundled().environment())) {
                return new Result(Encoders.bundled(), player, output, seen, track);
            }
        }
    }
}
