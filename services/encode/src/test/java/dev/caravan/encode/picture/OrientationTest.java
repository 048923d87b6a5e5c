package dev.caravan.encode.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.caravan.encode.Photos;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

    private static final byte[] JPEG =
            latin("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0\u00ff\u00da\0\0");
    private static final byte[] PNG = latin(
            "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0001\0\0\0\u0001\u0008\0\0\0\0\0\0\0\0\0\0\0\0IDAT\0\0\0\0");
    private static final byte[] WEBP = latin("RIFF\u0010\0\0\0WEBPVP8 \u0004\0\0\0abcd");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void isReadFromEveryKindOfFileInEitherOrderOfBytes(int orientation) {
        Orientation expected = Orientation.values()[orientation - 1];
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] exif = Photos.exif(orientation, order);
            assertThat(Orientation.of(PictureType.JPEG, Photos.jpeg(JPEG, exif)))
                    .isEqualTo(expected);
            assertThat(Orientation.of(PictureType.PNG, Photos.png(PNG, exif))).isEqualTo(expected);
            assertThat(Orientation.of(PictureType.WEBP, Photos.webp(WEBP, 1, 1, exif)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void isUprightWhereNothingIsSaidThatCanBeUnderstood() {
        assertThat(Orientation.of(PictureType.JPEG, JPEG)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(PictureType.PNG, PNG)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(PictureType.WEBP, WEBP)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(PictureType.GIF, latin("GIF89a"))).isEqualTo(Orientation.UPRIGHT);
        for (int nonsense : new int[] {0, 9, -1, 4711}) {
            byte[] exif = Photos.exif(nonsense, ByteOrder.LITTLE_ENDIAN);
            assertThat(Orientation.of(PictureType.JPEG, Photos.jpeg(JPEG, exif)))
                    .isEqualTo(Orientation.UPRIGHT);
        }
    }

    @Test
    void readsNothingBeyondAFileThatIsCutOffOrLies() {
        Random random = new Random(7);
        byte[] exif = Photos.exif(6, ByteOrder.BIG_ENDIAN);
        byte[][] files = {Photos.jpeg(JPEG, exif), Photos.png(PNG, exif), Photos.webp(WEBP, 1, 1, exif)};
        PictureType[] types = {PictureType.JPEG, PictureType.PNG, PictureType.WEBP};
        for (int kind = 0; kind < files.length; kind++) {
            PictureType type = types[kind];
            for (int length = 0; length < files[kind].length; length++) {
                byte[] cut = Arrays.copyOf(files[kind], length);
                assertThatCode(() -> Orientation.of(type, cut)).doesNotThrowAnyException();
            }
            for (int i = 0; i < 20_000; i++) {
                byte[] lie = files[kind].clone();
                for (int bit = 0; bit < 4; bit++) {
                    lie[random.nextInt(lie.length)] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
                }
                assertThatCode(() -> Orientation.of(type, lie)).doesNotThrowAnyException();
                assertThatCode(() -> WebpAnimation.read(lie)).doesNotThrowAnyException();
            }
        }
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
