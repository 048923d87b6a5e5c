package dev.caravan.upload.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakeUploadTest {

    @Test
    void decodesTheQuery() {
        assertThat(TakeUpload.parameters("title=A+t%C3%AFtle%26more&description=&x&title=b=c"))
                .containsOnly(
                        Map.entry("title", List.of("A tïtle&more", "b=c")), Map.entry("description", List.of("")));
        assertThat(TakeUpload.parameters(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "a%e9", "%ff", "%c0%80", "%ed%a0%80"})
    void refusesAQueryThatIsNoText(String value) {
        assertThatThrownBy(() -> TakeUpload.parameters("description=x&title=" + value))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.fieldErrors())
                        .containsOnly(Map.entry("title", List.of("title must be valid text"))));
    }
}
