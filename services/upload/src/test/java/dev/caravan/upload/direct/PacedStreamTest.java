package dev.caravan.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacedStreamTest {

    private static final int RATE = 100;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final byte[] buffer = new byte[50];
    private long now;

    @Test
    void endsAStreamThatComesSlowerThanTheRate() throws IOException {
        InputStream trickle = paced(1_000, 1);

        // 50 bytes a second are half of what they have to be; it is noticed when the window is over.
        for (int second = 1; second < 10; second++) {
            assertThat(trickle.read(buffer)).isEqualTo(50);
        }
        assertThatThrownBy(() -> trickle.read(buffer))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.reason()).isEqualTo("UPLOAD_TOO_SLOW"));
    }

    @Test
    void doesNotMindAPauseThatTheRestOfTheWindowMakesUpFor() throws IOException {
        InputStream stream = paced(10_000, 0);
        stream.readNBytes(1_000);
        waiting = TimeUnit.SECONDS.toNanos(9);
        assertThat(stream.read(buffer)).isEqualTo(50);
        waiting = TimeUnit.SECONDS.toNanos(1);
        assertThat(stream.read(buffer)).isEqualTo(50);
    }

    @Test
    void startsAnewWithEachWindow() throws IOException {
        InputStream stream = paced(10_000, 0);
        stream.readNBytes(5_000);
        waiting = TimeUnit.SECONDS.toNanos(10);
        assertThat(stream.read(buffer)).isEqualTo(50);

        assertThatThrownBy(() -> stream.read(buffer)).isInstanceOf(Fault.class);
    }

    @Test
    void doesNotCountTheTimeInWhichNobodyWaits() throws IOException {
        InputStream stream = paced(1_000, 0);

        for (int i = 0; i < 20; i++) {
            now += TimeUnit.MINUTES.toNanos(1);
            assertThat(stream.read(buffer)).isEqualTo(50);
        }
        assertThat(stream.read(buffer)).isEqualTo(-1);
    }

    private long waiting;

    /** Each read lasts so many seconds at first, later what {@code waiting} says. */
    private InputStream paced(int length, int seconds) {
        waiting = TimeUnit.SECONDS.toNanos(seconds);
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(new byte[length])) {
            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                now += waiting;
                return super.read(target, offset, count);
            }
        };
        return new PacedStream(slow, RATE, WINDOW, () -> now);
    }
}
