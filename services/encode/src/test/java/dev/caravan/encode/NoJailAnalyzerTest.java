package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.encode.ffmpeg.JailMode;
import dev.caravan.encode.ffmpeg.JailSearch;
import dev.caravan.encode.ffmpeg.NoJailException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class NoJailAnalyzerTest {

    @Test
    void endsAStartWithoutTheJailThatIsRequiredWithASentenceAndAWayOut() {
        JailSearch search = new JailSearch(0, "/no/such/ffmpeg", "/no/such/ffprobe", Map.of());
        NoJailException failure =
                catchThrowableOfType(NoJailException.class, () -> search.find(JailMode.REQUIRED, true));

        FailureAnalysis analysis = new NoJailAnalyzer().analyze(new IllegalStateException(failure));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).startsWith("encode.jail is required, and this machine gives none (");
        assertThat(analysis.getAction()).contains("encode.jail=preferred");
    }
}
