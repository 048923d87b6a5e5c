package dev.caravan.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakeUploadTest {

    @Test
    void decodesTheQuery() {
        assertThat(TakeUpload.parameters("title=A+t%C3%AFtle%26more&description=&x&title=b=c"))
                .containsOnly(
                        Map.entry("title", List.of("A tïtle&more", "b=c")), Map.entry("description", List.of("")));
        assertThat(TakeUpload.parameters(null)).isEmpty();
    }

    @Test
    void refusesAQueryThatCannotBeDecoded() {
        assertThatThrownBy(() -> TakeUpload.parameters("title=%zz"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.reason()).isEqualTo("MALFORMED_QUERY"));
    }
}
