package dev.caravan.upload.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.upload.media.VideoSignature;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

class ObjectPeekTest {

    private final FakeStore fake = new FakeStore();
    private final ObjectPeek store =
            new ObjectPeek(fake, new ObjectStoreProperties("caravan", "", "", "us-east-1", "", ""));

    @Test
    void tellsSizeAndEtagOfAllAndTheFirstBytes() {
        fake.objects.put("key", new byte[VideoSignature.LENGTH + 1]);

        assertThat(store.peek("key")).hasValueSatisfying(object -> {
            assertThat(object.size()).isEqualTo(VideoSignature.LENGTH + 1);
            assertThat(object.etag()).isEqualTo(fake.etag("key"));
            assertThat(object.bytes()).hasSize(VideoSignature.LENGTH);
        });
        assertThat(store.peek("other")).isEmpty();
    }

    @Test
    void doesNotTakeTheSizeOfOneContentForThatOfAnother() {
        fake.objects.put("key", new byte[1]);
        fake.setAfterHead(() -> fake.objects.put("key", new byte[2]));

        assertThatThrownBy(() -> store.peek("key")).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.code()).isEqualTo(Status.Code.ABORTED);
            assertThat(fault.reason()).isEqualTo("UPLOAD_CHANGED");
        });
    }
}
