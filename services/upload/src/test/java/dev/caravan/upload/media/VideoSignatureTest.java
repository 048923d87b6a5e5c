package dev.caravan.upload.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoSignatureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\0\u0020ftypisom",
                "\0\0\0\u0018ftypqt  ",
                "\0\0\0\u0008wide\0\0\u0001\0mdat",
                "\0\0\0\u0040moov",
                "\u001aE\u00df\u00a3\u0042\u0086\u0081\u0001\u0042\u0082\u0084webm",
                "\u001aE\u00df\u00a3\u0042\u0086\u0081\u0001\u0042\u0082\u0088matroska",
                "\0\0\u0001\u00baD",
                "RIFF....AVI LIST",
                "FLV\u0001\u0005",
                "OggS\0\u0002",
                "0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9\0\u00aa\0b\u00cel",
                "GIF89a",
                "RIFF....WAVEfmt ",
                "RF64....WAVEds64",
                "FORM....AIFFCOMM",
                "fLaC\0\0\0\2",
                "ID3\u0004\0\0\0\0\0\0",
                "\u00ff\u00fb\u0090\u0064",
                "\u00ff\u00f1\u0050\u0080",
                "#!AMR\n",
                "\u000bw\u0001\u0002"
            })
    void knowsTheContainersThatTheEncoderReads(String beginning) {
        assertThat(VideoSignature.matches(file(beginning))).isTrue();
    }

    @Test
    void knowsTransportStreamsByTheirPackets() {
        assertThat(VideoSignature.matches(packets(0, 188, 5))).isTrue();
        assertThat(VideoSignature.matches(packets(4, 192, 5))).isTrue();
        assertThat(VideoSignature.matches(packets(0, 204, 5))).isTrue();
        assertThat(VideoSignature.matches(packets(0, 188, 4))).isFalse();
    }

    @Test
    void knowsCapturesThatBeginInTheMiddleOfAPacket() {
        assertThat(VideoSignature.matches(packets(111, 188, 6))).isTrue();
        assertThat(VideoSignature.matches(file("...." + "\0\0\u0001\u00baD..." + "\0\0\u0001\u00baD...")))
                .isTrue();
        assertThat(VideoSignature.matches(file("...." + "\0\0\u0001\u00baD...")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello, I am text",
                "PK\u0003\u0004video.mp4",
                "#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd",
                "ffconcat version 1.0\nfile /etc/passwd",
                "\u0089PNG\r\n\u001a\n",
                "RIFF....WEBP",
                "\u00ff\u00d8\u00ff\u00e0",
                "\u00ff\u00feH\0i\0",
                "\u00ff\u00ff\u00ff\u00ff",
                "\0\0\0\u0020ftypheic",
                "\0\0\0\u0020ftypavif",
                "\u001aE\u00df\u00a3\u0042\u0082\u0084none",
                "<html>",
                "ftyp",
                "G"
            })
    void refusesWhatIsSomethingElse(String beginning) {
        assertThat(VideoSignature.matches(file(beginning))).isFalse();
    }

    @Test
    void isNotMisledByAVideoFurtherDown() {
        byte[] file = new byte[VideoSignature.LENGTH];
        List.of(1, 100, 1000).forEach(at -> System.arraycopy(file("\0\0\0\u0020ftypisom"), 0, file, at, 12));

        assertThat(VideoSignature.matches(file)).isFalse();
    }

    private static byte[] file(String beginning) {
        return beginning.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] packets(int offset, int length, int count) {
        byte[] file = new byte[length * count];
        Arrays.fill(file, (byte) 1);
        for (int i = 0; i < count; i++) {
            file[offset + i * length] = 'G';
        }
        return file;
    }
}
