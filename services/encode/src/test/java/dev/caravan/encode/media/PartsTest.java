package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {

    private static final String HEADER = "1a45dfa3 82 4282";
    private static final String OF_KNOWN_LENGTH = HEADER + "18538067 85 ec83000000";
    private static final String OPEN = HEADER + "18538067 01ffffffffffffff 1f43b675 ff e78101 a38400000000"
            + "1f43b675 01ffffffffffffff e78102 a3830000a0";

    @TempDir
    private Path folder;

    @Test
    void areFoundBehindEachOther() throws Exception {
        assertThat(list("matroska,webm", OF_KNOWN_LENGTH + OF_KNOWN_LENGTH)).isEqualTo("0-17 17-34");
        assertThat(list("matroska,webm", OPEN + OF_KNOWN_LENGTH + OPEN)).isEqualTo("0-53 53-70 70-123");
        assertThat(list("matroska,webm", OPEN)).isEmpty();
        assertThat(list("mov,mp4", OF_KNOWN_LENGTH + OF_KNOWN_LENGTH)).isEmpty();
    }

    @Test
    void areNoneThatAreInsideOfSomething() throws Exception {
        assertThat(list("matroska,webm", HEADER + "18538067 8b ec89" + OF_KNOWN_LENGTH.substring(0, 18)))
                .isEmpty();
    }

    @Test
    void areChainsOfOggThatAreReadByThemselvesWhenTheyAreOfVorbis() throws Exception {
        String opus = page(2, "4f70757348656164") + page(0, "00") + page(4, "00ff");
        String vorbis = page(2, "01766f72626973") + page(4, "00");
        String multiplexed = page(2, "4f70757348656164") + page(2, "807468656f7261") + page(4, "00");

        assertThat(list("ogg", opus + opus + opus)).isEqualTo("0-95 95-190 190-285");
        assertThat(list("ogg", opus)).isEmpty();
        assertThat(list("ogg", multiplexed)).isEmpty();
        assertThat(apart("ogg", unhex(vorbis + vorbis))).isEqualTo("0-64 64-128");
    }

    @Test
    void areReadAsFarAsTheFileMakesSense() throws Exception {
        assertThat(list("matroska,webm", OF_KNOWN_LENGTH + OF_KNOWN_LENGTH + "00ffffff"))
                .isEqualTo("0-17 17-38");
        assertThat(list("matroska,webm", OF_KNOWN_LENGTH + OF_KNOWN_LENGTH.substring(0, 30)))
                .isEqualTo("0-17 17-30");
        byte[] noise = new byte[2000];
        for (int seed = 0; seed < 500; seed++) {
            new Random(seed).nextBytes(noise);
            String hex = HexFormat.of().formatHex(noise);
            assertThat(list("matroska,webm", HEADER + "18538067 01ffffffffffffff" + hex))
                    .isEmpty();
            assertThat(list("ogg", page(2, "4f707573") + hex)).isEmpty();
        }
    }

    @Test
    void areOfAnotherRateOfSamples() throws Exception {
        byte[] fast = repeated(frame("fffb9064", 417), 6);
        byte[] slow = repeated(frame("fff39064", 261), 6);
        byte[] tag = frame("49443303000000000020", 42);
        byte[] aac = repeated(frame("fff15080017ffc", 11), 6);
        byte[] slowAac = repeated(frame("fff15c80017ffc", 11), 6);

        assertThat(apart("mp3", fast, fast)).isEmpty();
        assertThat(apart("mp3", fast, slow, fast)).isEqualTo("0-2502 2502-4068 4068-6570");
        // The tag in front of a song is of that song.
        assertThat(apart("mp3", tag, fast, tag, slow)).isEqualTo("0-2544 2544-4152");
        assertThat(apart("aac", aac, slowAac)).isEqualTo("0-66 66-132");
        assertThat(apart("aac", aac, aac)).isEmpty();
    }

    @Test
    void areNotMadeOfDamage() throws Exception {
        byte[] fast = repeated(frame("fffb9064", 417), 6);
        byte[] alike = repeated(frame("fff39064", 261), 3);
        byte[] noise = new byte[20_000];
        for (int seed = 0; seed < 100; seed++) {
            new Random(seed).nextBytes(noise);
            assertThat(apart("mp3", fast, noise, fast, alike, fast)).isEmpty();
            assertThat(apart("aac", repeated(frame("fff15080017ffc", 11), 6), noise))
                    .isEmpty();
            assertThat(apart("mpegts", stream("1b0100"), noise, stream("1b0100")))
                    .isEmpty();
        }
    }

    @Test
    void areTransportStreamsOfOtherTracks() throws Exception {
        byte[] first = stream("1b0100" + "0f0101");

        assertThat(apart("mpegts", first, first)).isEmpty();
        // Another codec on the same track; other tracks in the place of these; sound alone.
        assertThat(apart("mpegts", first, stream("020100" + "0f0101"))).isEqualTo("0-1880 1880-3760");
        assertThat(apart("mpegts", first, stream("1b0200" + "0f0201"), first)).isEqualTo("0-1880 1880-3760 3760-5640");
        assertThat(apart("mpegts", stream("0f0101"), stream("0f0102"))).isEqualTo("0-1880 1880-3760");
        // A track comes, and one goes away.
        assertThat(apart("mpegts", stream("1b0100"), first, stream("1b0100"))).isEmpty();
        assertThat(apart("mpegts", first, stream("1b0100" + "0f0101" + "0f0102")))
                .isEmpty();
        assertThat(apart("mpegts", first, stream("060101"))).isEmpty();
    }

    @Test
    void areNotTheProgramsOfOneStream() throws Exception {
        byte[] list = table(0, "00" + section("0001c10000" + "0001f000" + "0002f001"));
        byte[] one = table(0x1000, "02" + section("0001c10000" + "e100f000" + tracks("1b0100")));
        byte[] other = table(0x1001, "02" + section("0002c10000" + "e200f000" + tracks("020200")));

        assertThat(apart("mpegts", list, one, other, list, one, other, list, one, other))
                .isEmpty();
    }

    @Test
    void lackWhatTheClockWentOnFor() throws Exception {
        byte[] list = table(0, "00" + section("0001c10000" + "0001f000"));

        assertThat(holes(list, clock(10, false), clock(19, false), clock(31, false), clock(32, false)))
                .containsExactly(new Span(9, 21));
        // Another file, another clock, one that goes back or runs over, one that is a day ahead.
        assertThat(holes(list, clock(10, false), list, clock(32, false))).isEmpty();
        assertThat(holes(list, clock(10, false), clock(32, true))).isEmpty();
        assertThat(holes(list, clock(10, false), clock(1, false), clock(95_443, false), clock(1, false)))
                .isEmpty();
        assertThat(holes(list, clock(10, false), clock(86_400, false))).isEmpty();
    }

    /** Five packets, the first with the clock of a program. */
    private static byte[] clock(int seconds, boolean other) throws IOException {
        HexFormat hex = HexFormat.of();
        long ticks = 90_000L * seconds;
        String clock = hex.toHexDigits((int) (ticks >> 1)) + ((ticks & 1) == 0 ? "7e00" : "fe00");
        return joined(
                frame("47010030" + "07" + (other ? "90" : "10") + clock, 188), repeated(frame("471fff10", 188), 4));
    }

    private List<Span> holes(byte[]... packets) throws IOException {
        Path source = Files.write(folder.resolve("source"), joined(packets));
        return Parts.of(source, "mpegts", folder).holes().stream()
                .map(hole -> new Span(Math.rint(hole.start()), Math.rint(hole.end())))
                .toList();
    }

    /** Ten packets: the list of programs, the table of one, and what fills the rest; of each track type and PID. */
    private static byte[] stream(String tracks) throws IOException {
        byte[] list = table(0, "00" + section("0001c10000" + "0001f000"));
        byte[] table = table(0x1000, "02" + section("0001c10000" + "e100f000" + tracks(tracks)));
        return joined(list, table, repeated(frame("471fff10", 188), 8));
    }

    private static String tracks(String tracks) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tracks.length(); i += 6) {
            text.append(tracks, i, i + 2)
                    .append('e')
                    .append(tracks, i + 3, i + 6)
                    .append("f000");
        }
        return text.toString();
    }

    private static String section(String body) {
        return "b0" + HexFormat.of().toHexDigits((byte) (body.length() / 2 + 4)) + body;
    }

    /** A packet with a section, and its check sum. */
    private static byte[] table(int pid, String section) throws IOException {
        byte[] bytes = unhex(section);
        int crc = -1;
        for (byte value : bytes) {
            crc ^= value << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
            }
        }
        HexFormat hex = HexFormat.of();
        return frame("47" + hex.toHexDigits((short) (0x4000 | pid)) + "1000" + section + hex.toHexDigits(crc), 188);
    }

    private static byte[] frame(String hex, int length) {
        return Arrays.copyOf(unhex(hex), length);
    }

    private static byte[] repeated(byte[] bytes, int times) throws IOException {
        return joined(Collections.nCopies(times, bytes).toArray(byte[][]::new));
    }

    private static byte[] joined(byte[]... all) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] bytes : all) {
            out.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] unhex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** From where to where each is that is read by itself. */
    private String apart(String container, byte[]... bytes) throws IOException {
        Path source = Files.write(folder.resolve("source"), joined(bytes));
        List<Input> inputs = Parts.of(source, container, folder).inputs();
        assertThat(folder.resolve(Parts.LIST)).doesNotExist();
        if (inputs.equals(List.of(Input.of(source, folder)))) {
            return "";
        }
        for (int i = 0; i < inputs.size(); i++) {
            assertThat(inputs.get(i).folder())
                    .isEqualTo(folder.resolve("part-" + i))
                    .isDirectory();
        }
        return inputs.stream()
                .map(input -> input.name().replaceAll("subfile,,start,(\\d+),end,(\\d+),,:.*/source", "$1-$2"))
                .collect(Collectors.joining(" "));
    }

    private static String page(int flags, String payload) {
        return "4f67675300" + HexFormat.of().toHexDigits((byte) flags) + "00".repeat(20) + "01"
                + HexFormat.of().toHexDigits((byte) (payload.length() / 2)) + payload;
    }

    /** From where to where each is. */
    private String list(String container, String hex) throws IOException {
        Path source = Files.write(folder.resolve("source"), unhex(hex));
        List<Input> inputs = Parts.of(source, container, folder).inputs();
        if (inputs.equals(List.of(Input.of(source, folder)))) {
            assertThat(folder.resolve(Parts.LIST)).doesNotExist();
            return "";
        }
        assertThat(inputs).containsExactly(Input.of(folder.resolve(Parts.LIST), folder));
        return String.join(
                " ",
                Files.readAllLines(folder.resolve(Parts.LIST)).stream()
                        .skip(1)
                        .map(line -> line.replaceAll("file 'subfile,,start,(\\d+),end,(\\d+),,:.*/source'", "$1-$2"))
                        .toList());
    }
}
