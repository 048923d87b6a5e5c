package dev.caravan.encode.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.Ratio;
import dev.caravan.encode.media.Rung;
import dev.caravan.encode.media.Videos;
import dev.caravan.kernel.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each damage is done to an encoding that plays, and each is found. */
class VerificationTest {

    @TempDir
    private Path folder;

    private Encoding encoding;
    private EncodedVideo encoded;

    @BeforeEach
    void encode() throws Exception {
        encoding = Encoding.in(folder);
        encoded = encoding.corrected();
    }

    @Test
    void findsNoFaultWithWhatPlays() throws Exception {
        Presentation presentation = encoding.verify(encoded);

        assertThat(presentation.tracks()).extracting(Track::name).containsExactly("64x48", "32x24", "the sound");
        assertThat(presentation.tracks())
                .allSatisfy(track -> assertThat(track.segments()).hasSize(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void findsEveryDamage(String name, Damage damage, String found) throws Exception {
        damage.doTo(encoding);

        assertThat(fault())
                .hasMessageContaining(found)
                .extracting(Fault::reason)
                .isEqualTo("UNPLAYABLE");
    }

    /** What is not in a manifest, of every file that is. */
    @ParameterizedTest
    @CsvSource({
        "init-0.mp4", "init-1.mp4", "init-2.mp4", "segment-0-00001.m4s", "segment-0-00002.m4s", "segment-1-00003.m4s",
        "segment-2-00001.m4s", "segment-2-00003.m4s", "media_0.m3u8", "media_1.m3u8", "media_2.m3u8", "master.m3u8",
        "master.mpd"
    })
    void missesEveryFile(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(encoding.file(name));

        encoding.delete(name);
        assertThat(fault()).hasMessageContaining("missing");
        Files.write(encoding.file(name), new byte[0]);
        assertThat(fault()).isNotNull();
        Files.write(encoding.file(name), new byte[bytes.length]);
        assertThat(fault()).isNotNull();
        Files.write(encoding.file(name), bytes);
        assertThat(fault()).isNull();
    }

    /** Wherever a file ends too early, it is noticed. */
    @ParameterizedTest
    @CsvSource({"init-0.mp4", "init-2.mp4", "segment-0-00003.m4s", "segment-2-00003.m4s"})
    void noticesWhateverIsCutOff(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(encoding.file(name));
        for (int length = 0; length < bytes.length; length++) {
            Files.write(encoding.file(name), java.util.Arrays.copyOf(bytes, length));
            // What comes after the last box that a player needs may be gone.
            if (!name.startsWith("init") || length < bytes.length - 98) {
                assertThat(fault()).as("%d bytes", length).isNotNull();
            }
        }
    }

    /** No bytes, however they came about, end in anything but a fault. */
    @ParameterizedTest
    @CsvSource({"init-0.mp4", "init-2.mp4", "segment-0-00003.m4s", "segment-2-00003.m4s"})
    void survivesAnyBytes(String name) throws Exception {
        OutputFolder files = new OutputFolder(folder);
        InitSegment init = InitSegment.read(files, name.contains("-0") ? "init-0.mp4" : "init-2.mp4");
        byte[] bytes = Files.readAllBytes(encoding.file(name));
        for (int at = 0; at < bytes.length; at++) {
            for (byte value : new byte[] {0, 1, 127, -128, -1}) {
                byte[] changed = bytes.clone();
                changed[at] = value;
                Files.write(encoding.file(name), changed);
                Throwable thrown = catchThrowable(() -> {
                    if (name.startsWith("init")) {
                        InitSegment.read(files, name);
                    } else {
                        MediaSegment.read(files, name, init);
                    }
                });
                assertThat(thrown == null || thrown instanceof Fault)
                        .as("%d at %d: %s", value, at, thrown)
                        .isTrue();
            }
        }
    }

    @Test
    void knowsWhatWasPlanned() {
        List<Rung> larger = List.of(new Rung(128, 96, 1), new Rung(32, 24, 1));
        List<Rung> more = new ArrayList<>(Encoding.RUNGS);
        more.add(new Rung(16, 12, 1));

        assertThat(fault(larger, Encoding.RATE)).hasMessageContaining("[64x48, 32x24], and not [128x96, 32x24]");
        assertThat(fault(more, Encoding.RATE)).hasMessageContaining("16x12");
        assertThat(fault(Encoding.RUNGS, new Ratio(30, 1))).hasMessageContaining("64x48 is said to take 9.009 s");
    }

    @ParameterizedTest
    @CsvSource({"8.5", "9.5", "4", "90"})
    void knowsHowLongItWasToBe(double seconds) {
        assertThat(fault(seconds, Encoding.RUNGS, Encoding.RATE))
                .hasMessageContaining("64x48 takes 9.009 s, and was to take %.3f s".formatted(seconds));
    }

    @Test
    void forgivesWhatIsRoundedAndThatAPictureEndsEarlyOfWhichSomeIsLost() {
        assertThat(fault(9.2, Encoding.RUNGS, Encoding.RATE)).isNull();
        assertThat(fault(8.8, Encoding.RUNGS, Encoding.RATE)).isNull();
        encoded = new EncodedVideo(encoded.seconds(), 1, encoded.renditions(), encoded.sounds(), List.of());

        assertThat(fault(10, Encoding.RUNGS, Encoding.RATE))
                .hasMessageContaining("the sound takes 9.000 s, and was to take 10.000 s");
    }

    @Test
    void knowsWhatIsTold() throws Exception {
        encoded = new EncodedVideo(8.5, 0, encoded.renditions(), encoded.sounds(), List.of());

        assertThat(fault()).hasMessageContaining("something else than what is told");
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(
                        "a segment of the other size",
                        "is named twice",
                        e -> e.edit(
                                "master.mpd",
                                text -> text.replaceFirst("media=\"segment-\\$Rep[^$]*\\$", "media=\"segment-1"))),
                damage("two segments in the wrong order", "goes from", e -> {
                    byte[] first = Files.readAllBytes(e.file("segment-0-00001.m4s"));
                    e.copy("segment-0-00002.m4s", "segment-0-00001.m4s");
                    Files.write(e.file("segment-0-00002.m4s"), first);
                }),
                damage(
                        "the init segment of the other size",
                        "is 32x24 in truth",
                        e -> e.copy("init-1.mp4", "init-0.mp4")),
                damage(
                        "the init segment of the sound",
                        "does not fit its manifest",
                        e -> e.copy("init-2.mp4", "init-0.mp4")),
                damage(
                        "zeros in a picture",
                        "cannot be read",
                        e -> e.overwrite("segment-0-00002.m4s", -600, new byte[600])),
                damage(
                        "a box that is longer than its file",
                        "cannot be read",
                        e -> e.overwrite("segment-1-00002.m4s", 0, (byte) 127)),
                damage("more bytes than samples", "cannot be read", e -> {
                    byte[] bytes = Files.readAllBytes(e.file("segment-2-00002.m4s"));
                    Files.write(e.file("segment-2-00002.m4s"), java.util.Arrays.copyOf(bytes, bytes.length + 5));
                }),
                damage(
                        "a segment that nothing names",
                        "no manifest names segment-0-00004.m4s",
                        e -> e.copy("segment-0-00003.m4s", "segment-0-00004.m4s")),
                damage(
                        "a length below its segments",
                        "its manifest says 9.000 s",
                        e -> e.edit("master.mpd", text -> text.replace("PT9.009S", "PT9.0S"))),
                damage(
                        "a length far above its segments",
                        "its manifest says 90.000 s",
                        e -> e.edit("master.mpd", text -> text.replace("PT9.009S", "PT90S"))),
                damage(
                        "a longest segment that is exceeded",
                        "longer than its manifest says",
                        e -> e.edit("master.mpd", text -> text.replace("PT4.010667S", "PT4S"))),
                damage(
                        "a size that only HLS names",
                        "sizes [64x48]",
                        e -> e.edit(
                                "master.mpd",
                                text -> text.replaceFirst(
                                        "(?s)<Representation [^>]*id=\"1\".*?</Representation>", ""))),
                damage(
                        "a size that only DASH names",
                        "HLS leaves 32x24 out",
                        e -> e.edit(
                                "master.m3u8", text -> text.replaceFirst("(?s)#EXT-X-STREAM-INF[^\n]*32x24.*", ""))),
                damage(
                        "a sound that only DASH names",
                        "HLS",
                        e -> e.edit("master.m3u8", text -> text.replaceFirst("#EXT-X-MEDIA:[^\n]*\n", ""))),
                damage(
                        "a size that is another in HLS",
                        "something else of 64x48",
                        e -> e.edit("master.m3u8", text -> text.replace("64x48", "640x480"))),
                damage(
                        "a codec that is another in HLS",
                        "64x48 is in avc1.64000a",
                        e -> e.edit("master.m3u8", text -> text.replaceFirst(",mp4a.40.2", ""))),
                damage(
                        "a group of sound that there is not",
                        "something else of 64x48",
                        e -> e.edit("master.m3u8", text -> text.replaceFirst("AUDIO=\"stereo\"", "AUDIO=\"x\""))),
                damage(
                        "a segment that HLS leaves out",
                        "HLS names other segments of 64x48",
                        e -> e.edit("media_0.m3u8", text -> text.replaceFirst("#EXTINF[^\n]*\n[^\n]*\n", ""))),
                damage(
                        "another length in HLS",
                        "HLS says that 32x24 takes",
                        e -> e.edit("media_1.m3u8", text -> text.replaceFirst("#EXTINF:4.004", "#EXTINF:4.104"))),
                damage(
                        "a playlist that does not end",
                        "does not say how it ends",
                        e -> e.edit("media_2.m3u8", text -> text.replace("#EXT-X-ENDLIST", ""))),
                damage(
                        "a target that segments exceed",
                        "does not say how it ends",
                        e -> e.edit("media_0.m3u8", text -> text.replace("DURATION:4", "DURATION:3"))),
                damage(
                        "a playlist of nothing",
                        "is of no track",
                        e -> e.edit("media_0.m3u8", text -> text.replace("init-0.mp4", "init-9.mp4"))),
                damage(
                        "a playlist that is none",
                        "cannot be read",
                        e -> e.edit("media_0.m3u8", text -> text.replace("#EXTINF:4", "#EXTINF:four"))),
                damage(
                        "a file outside the folder",
                        "none of the encoding's",
                        e -> e.edit("master.mpd", text -> text.replace("media=\"segment-", "media=\"../segment-"))),
                damage(
                        "a timeline that is later",
                        "something else",
                        e -> e.edit("master.mpd", text -> text.replaceFirst("t=\"0\"", "t=\"24024\""))),
                damage("a picture with a hole", "has a hole at 4.0 s", e -> {
                    e.edit(
                            "master.mpd",
                            text -> text.replaceFirst(
                                    "<S d=\"96096\" r=\"1\" t=\"0\"/>\\s*<S d=\"24024\"/>",
                                    "<S t=\"0\" d=\"96096\"/><S t=\"192192\" d=\"24024\"/>"));
                    e.copy("segment-0-00003.m4s", "segment-0-00002.m4s");
                }));
    }

    private static Arguments damage(String name, String found, Damage damage) {
        return Arguments.of(name, damage, found);
    }

    private Fault fault() {
        return fault(Encoding.SECONDS, Encoding.RUNGS, Encoding.RATE);
    }

    private Fault fault(List<Rung> rungs, Ratio rate) {
        return fault(Encoding.SECONDS, rungs, rate);
    }

    private Fault fault(double seconds, List<Rung> rungs, Ratio rate) {
        Plan plan = Videos.plan(seconds, rungs, rate);
        return catchThrowableOfType(Fault.class, () -> Verification.of(folder, plan, encoded));
    }

    private interface Damage {
        void doTo(Encoding encoding) throws Exception;
    }
}
