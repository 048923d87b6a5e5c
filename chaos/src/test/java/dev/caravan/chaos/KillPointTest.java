package dev.caravan.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillPointTest {

    private static final Path ROUTES = Path.of(System.getProperty("caravan.root"), "routes");

    @Test
    void standsBeforeAndAfterEachStepThatReachesOutside() throws Exception {
        List<String> orders =
                KillPoint.in(ROUTES).stream().map(KillPoint::order).toList();

        assertThat(orders)
                .contains(
                        "upload:publish-message:before",
                        "upload:publish-message:after",
                        "encode:insert-job:after",
                        "encode:runEncoding:before",
                        "encode:record-success:after",
                        "video-catalog:store-event:before",
                        "video-catalog:keep-dead-letter:after")
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(50);
    }

    @Test
    void leavesOutWhatOnlyReads() throws Exception {
        assertThat(KillPoint.in(ROUTES))
                .extracting(KillPoint::step)
                .doesNotContain("find-ready-videos", "count-my-videos", "get-manifest")
                .contains("find-source", "get-source");
    }

    @Test
    void isAskedForByOptionsThatAreUnderstood() {
        assertThat(Options.parse("--seed", "7", "--servers", "embedded", "--points", "3"))
                .satisfies(options -> {
                    assertThat(options.seed()).isEqualTo(7);
                    assertThat(options.servers()).isEqualTo("embedded");
                    assertThat(options.points()).isEqualTo(3);
                });
        assertThatThrownBy(() -> Options.parse("--servers", "mine")).hasMessageContaining("embedded, real or both");
        assertThatThrownBy(() -> Options.parse("--sed", "1")).hasMessageContaining("no option --sed");
        assertThatThrownBy(() -> Options.parse("--seed")).hasMessageContaining("needs a value");
    }
}
