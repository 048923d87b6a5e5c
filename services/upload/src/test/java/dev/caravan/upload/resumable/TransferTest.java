package dev.caravan.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.upload.UploadProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferTest {

    private static final long PART = 10;

    @ParameterizedTest
    @CsvSource({
        // The 8 MiB of the configuration up to 9,000 parts of it, and a 9,000th of what is larger: never the 10,001st.
        "1, 8388608",
        "75497472000, 8388608",
        "75497472001, 8388609",
        "5497558138880, 610839794"
    })
    void hasPartsOfWhichThereAreNeverTooMany(long length, long size) {
        assertThat(UploadProperties.partSizeOf(length, 8 << 20)).isEqualTo(size);
        assertThat((length + size - 1) / size).isLessThanOrEqualTo(9_000);
    }

    @Test
    void makesPartsOfOneSizeOfWhateverComes() throws Exception {
        Transfer transfer = transfer(25, 0, 0, new ByteArrayInputStream(new byte[25]), null);
        for (int part = 1; part <= 3; part++) {
            assertThat(transfer.isReceiving()).isTrue();
            transfer.fill();
            assertThat(transfer.isPart()).isTrue();
            assertThat(transfer.partNumber()).isEqualTo(part);
            assertThat(transfer.filled()).isEqualTo(part == 3 ? 5 : 10);
            transfer.stored("tag" + part);
            transfer.settle();
        }
        assertThat(transfer.isReceiving()).isFalse();
        assertThat(transfer.isWhole()).isTrue();
        assertThat(transfer.numbers()).containsExactly(1, 2, 3);
        assertThat(transfer.etags()).containsExactly("tag1", "tag2", "tag3");
    }

    @Test
    void addsToWhatWasNoPart() throws Exception {
        Transfer transfer = transfer(25, 13, 3, new ByteArrayInputStream(new byte[8]), null);
        transfer.prepend(new ByteArrayInputStream(new byte[] {1, 2, 3}));
        transfer.fill();

        assertThat(transfer.isPart()).isTrue();
        assertThat(transfer.partNumber()).isEqualTo(2);
        assertThat(transfer.buffer()).startsWith(1, 2, 3, 0);
        transfer.stored("tag2");
        transfer.settle();
        assertThat(transfer.tail()).isNull();
        assertThat(transfer.obsoleteTail()).isEqualTo("tail");
        assertThat(transfer.noted()).isEqualTo(20);
        transfer.fill();
        assertThat(transfer.isNewTail()).isTrue();
        transfer.storedTail("new");
        assertThat(transfer.noted()).isEqualTo(21);
        assertThat(transfer.isReceiving()).isFalse();
    }

    @Test
    void keepsTheTailWhenNothingComes() throws Exception {
        Transfer transfer = transfer(25, 13, 3, new ByteArrayInputStream(new byte[0]), null);
        transfer.prepend(new ByteArrayInputStream(new byte[3]));
        transfer.fill();
        transfer.settle();

        assertThat(transfer.isNewTail()).isFalse();
        assertThat(transfer.tail()).isEqualTo("tail");
        assertThat(transfer.obsoleteTail()).isNull();
        assertThat(transfer.noted()).isEqualTo(13);
    }

    @Test
    void keepsWhatCameBeforeItFailed() throws Exception {
        Transfer transfer = transfer(25, 0, 0, failingAfter(14), null);
        transfer.fill();
        transfer.stored("tag1");
        transfer.fill();

        assertThat(transfer.isNewTail()).isTrue();
        assertThat(transfer.noted()).isEqualTo(14);
        assertThat(transfer.failure()).hasMessage("The bytes ended earlier than the request says.");
    }

    @Test
    void countsNothingThatHasAChecksumBeforeItIsProven() throws Exception {
        Checksum checksum = Checksum.read("sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        Transfer transfer = transfer(25, 3, 3, new ByteArrayInputStream(new byte[20]), checksum);
        transfer.prepend(new ByteArrayInputStream(new byte[3]));
        transfer.fill();
        transfer.stored("tag1");
        transfer.settle();
        transfer.forgetParts();
        assertThat(transfer.noted()).isEqualTo(3);
        assertThat(transfer.tail()).isEqualTo("tail");
        assertThat(transfer.numbers()).as("kept for later").containsExactly(1);
        transfer.fill();
        transfer.stored("tag2");
        transfer.fill();
        transfer.settle();

        assertThat(transfer.isReceiving()).isFalse();
        assertThat(transfer.isNewTail()).isFalse();
        assertThat(transfer.noted()).isEqualTo(3);
        assertThat(transfer.tail()).isEqualTo("tail");
        assertThat(transfer.numbers()).isEmpty();
        assertThat(transfer.failure()).hasMessageContaining("Upload-Checksum");
    }

    @Test
    void countsAllOfAChecksumThatHoldsAlsoAtTheEndOfAPart() throws Exception {
        Checksum checksum = Checksum.read("md5 XIkuvk6sFo5O+IRUHcGmnA==");
        Transfer transfer = transfer(25, 3, 3, new ByteArrayInputStream(new byte[7]), checksum);
        transfer.prepend(new ByteArrayInputStream(new byte[3]));
        transfer.fill();
        transfer.stored("tag1");
        transfer.settle();
        transfer.fill();
        transfer.settle();

        assertThat(transfer.failure()).isNotNull();
        Transfer proven = transfer(25, 3, 3, new ByteArrayInputStream(new byte[7]), Checksum.read(md5OfSevenZeros()));
        proven.prepend(new ByteArrayInputStream(new byte[3]));
        proven.fill();
        proven.stored("tag1");
        proven.settle();
        proven.fill();
        proven.settle();
        assertThat(proven.failure()).isNull();
        assertThat(proven.noted()).isEqualTo(10);
        assertThat(proven.tail()).isNull();
        assertThat(proven.numbers()).containsExactly(1);
    }

    @Test
    void takesNothingOfALastPieceThatGoesBeyond() throws Exception {
        Transfer transfer = transfer(25, 13, 3, new ByteArrayInputStream(new byte[20]), null);
        transfer.prepend(new ByteArrayInputStream(new byte[3]));
        transfer.fill();
        transfer.stored("tag2");
        transfer.fill();

        assertThat(transfer.failure()).hasMessage("The upload has 25 bytes, and these go beyond.");
        assertThat(transfer.isPart()).isFalse();
        assertThat(transfer.noted()).isEqualTo(20);
    }

    @Test
    void isAliveWhileNobodyIsWaitedFor() {
        assertThat(transfer(25, 0, 0, new ByteArrayInputStream(new byte[0]), null)
                        .isAlive())
                .isTrue();
    }

    private static String md5OfSevenZeros() throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("MD5").digest(new byte[7]);
        return "md5 " + java.util.Base64.getEncoder().encodeToString(digest);
    }

    private static InputStream failingAfter(int count) {
        return new InputStream() {
            private int left = count;

            @Override
            public int read() throws IOException {
                if (left-- > 0) {
                    return 7;
                }
                throw new IOException("cut");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                buffer[offset] = (byte) read();
                return 1;
            }
        };
    }

    private static Transfer transfer(long length, long received, int tail, InputStream body, Checksum checksum) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "video_id",
                UUID.randomUUID(),
                "length",
                length,
                "part_size",
                PART,
                "received",
                received,
                "tail_size",
                tail));
        row.put("tail", tail == 0 ? null : "tail");
        return new Transfer(row, UUID.randomUUID(), body, checksum, false);
    }
}
