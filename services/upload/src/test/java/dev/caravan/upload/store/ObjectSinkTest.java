package dev.caravan.upload.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.s3.ObjectStoreProperties;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;

class ObjectSinkTest {

    private static final int PART = 1000;
    private static final int BEGINNING = 100;
    private static final ObjectSink.BeginningCheck ANY = beginning -> {};

    private final FakeStore fake = new FakeStore();
    private final ObjectSink store =
            new ObjectSink(fake, new ObjectStoreProperties("caravan", "", "", "us-east-1", "", ""));
    private final byte[] buffer = new byte[PART];

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 999, 1000, 1001, 2000, 3456})
    void storesEveryByteOfAStreamOfAnyLength(int length) throws IOException {
        byte[] content = random(length);

        ObjectSink.Stored stored = store.store("key", trickling(content), buffer, BEGINNING, ANY);

        assertThat(stored).isEqualTo(new ObjectSink.Stored(length, fake.etag("key")));
        assertThat(fake.objects.get("key")).isEqualTo(content);
        assertThat(fake.parts).isEmpty();
    }

    @Test
    void makesPartsAsLongAsTheBufferAndALastOneWithTheRest() throws IOException {
        store.store("key", trickling(random(2345)), buffer, BEGINNING, ANY);

        assertThat(fake.partSizes.get("key")).containsExactly(PART, PART, 345);
    }

    @Test
    void storesWhatFitsTheBufferInOneRequest() throws IOException {
        store.store("key", trickling(random(PART - 1)), buffer, BEGINNING, ANY);

        assertThat(fake.partSizes).isEmpty();
        assertThat(fake.objects).containsOnlyKeys("key");
    }

    @Test
    void showsTheCheckTheBeginningBeforeAnythingIsStored() {
        byte[] content = random(2345);
        AtomicReference<byte[]> seen = new AtomicReference<>(new byte[0]);

        assertThatThrownBy(() -> store.store("key", trickling(content), buffer, BEGINNING, beginning -> {
                    seen.set(beginning);
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(seen.get()).isEqualTo(Arrays.copyOf(content, BEGINNING));
        assertThat(fake.objects).isEmpty();
        assertThat(fake.parts).isEmpty();
    }

    @Test
    void leavesNothingOfAStreamThatIsCutOff() {
        InputStream cut = new SequenceInputStream(new ByteArrayInputStream(random(2500)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("cut off");
            }
        });

        assertThatThrownBy(() -> store.store("key", cut, buffer, BEGINNING, ANY))
                .isInstanceOf(EOFException.class);

        assertThat(fake.objects).isEmpty();
        assertThat(fake.parts).isEmpty();
    }

    @Test
    void readsOnWhileAPartIsStored() throws IOException {
        CountDownLatch read = new CountDownLatch(1);
        fake.setBeforePart(() -> {
            try {
                assertThat(read.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        InputStream content = new FilterInputStream(new ByteArrayInputStream(random(2500))) {
            private int come;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int more = super.read(target, offset, length);
                come += more;
                if (come > PART) {
                    read.countDown();
                }
                return more;
            }
        };

        ObjectSink.Stored stored = store.store("key", content, buffer, BEGINNING, ANY);

        assertThat(stored.size()).isEqualTo(2500);
        assertThat(fake.objects.get("key")).isEqualTo(random(2500));
    }

    @Test
    void failsAsTheStoreDoesAlsoWhenItCannotCleanUp() {
        InputStream content = new SequenceInputStream(new ByteArrayInputStream(random(1500)), new InputStream() {
            @Override
            public int read() {
                fake.setDown(true);
                return -1;
            }
        });

        assertThatThrownBy(() -> store.store("key", content, buffer, BEGINNING, ANY))
                .isInstanceOf(SdkException.class)
                .hasMessageContaining("The store is down");
        assertThatCode(() -> store.discard("key")).doesNotThrowAnyException();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** As a network gives it: a few bytes at a time. */
    private static InputStream trickling(byte[] content) {
        return new FilterInputStream(new ByteArrayInputStream(content)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 7));
            }
        };
    }
}
