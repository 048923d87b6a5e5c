package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
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
    void areChainsOfOggButNotOfVorbis() throws Exception {
        String opus = page(2, "4f70757348656164") + page(0, "00") + page(4, "00ff");
        String vorbis = page(2, "01766f72626973") + page(4, "00");
        String multiplexed = page(2, "4f70757348656164") + page(2, "807468656f7261") + page(4, "00");

        assertThat(list("ogg", opus + opus + opus)).isEqualTo("0-95 95-190 190-285");
        assertThat(list("ogg", opus)).isEmpty();
        assertThat(list("ogg", multiplexed)).isEmpty();
        assertThat(list("ogg", vorbis + vorbis)).isEmpty();
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

    private static String page(int flags, String payload) {
        return "4f67675300" + HexFormat.of().toHexDigits((byte) flags) + "00".repeat(20) + "01"
                + HexFormat.of().toHexDigits((byte) (payload.length() / 2)) + payload;
    }

    /** From where to where each is. */
    private String list(String container, String hex) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(HexFormat.of().parseHex(hex.replace(" ", "")));
        Path source = Files.write(folder.resolve("source"), bytes.toByteArray());
        if (!Parts.list(source, container, folder)) {
            assertThat(folder.resolve(Parts.LIST)).doesNotExist();
            return "";
        }
        return String.join(
                " ",
                Files.readAllLines(folder.resolve(Parts.LIST)).stream()
                        .skip(1)
                        .map(line -> line.replaceAll("file 'subfile,,start,(\\d+),end,(\\d+),,:.*/source'", "$1-$2"))
                        .toList());
    }
}
