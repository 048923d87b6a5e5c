package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StubLibraryTest {
    private static final int X86_64 = 62;

    @Test
    void isASharedObjectForTheProcessor() {
        ByteBuffer file = stub();

        assertThat(file.getInt(0)).isEqualTo(0x464c457f);
        assertThat(file.getShort(16)).as("ET_DYN").isEqualTo((short) 3);
        assertThat(file.getShort(18)).isEqualTo((short) X86_64);
    }

    @Test
    void hasProgramHeadersWithinTheFile() {
        ByteBuffer file = stub();
        int segment = 64;
        int dynamic = segment + 56;

        assertThat(file.getLong(segment + 32)).as("size of PT_LOAD").isEqualTo(file.capacity());
        assertThat(file.getLong(dynamic + 8) + file.getLong(dynamic + 32))
                .as("end of PT_DYNAMIC")
                .isEqualTo(file.capacity());
        assertThat(file.getLong(dynamic + 8) % 8).isZero();
    }

    @Test
    void namesItselfAndItsVersions() {
        String text = new String(stub().array(), StandardCharsets.US_ASCII);

        assertThat(text).contains("\0libasound.so.2\0ALSA_0.9\0ALSA_0.9.0rc4\0");
    }

    private static ByteBuffer stub() {
        byte[] bytes = StubLibrary.elf("libasound.so.2", List.of("ALSA_0.9", "ALSA_0.9.0rc4"), X86_64);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
