package dev.caravan.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FewSeriesTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void filter() {
        MetricsAutoConfiguration configuration = new MetricsAutoConfiguration();
        registry.config()
                .meterFilter(configuration.namedSteps())
                .meterFilter(configuration.plainPaths())
                .meterFilter(configuration.fewTags());
    }

    @Test
    void measuresStepsThatHaveANameAndNoOthers() {
        registry.timer("camel.message.history", "routeId", "encode-store-file", "nodeId", "store-file");
        registry.timer("camel.message.history", "routeId", "encode-store-file", "nodeId", "process17");

        assertThat(registry.find("camel.message.history").timers())
                .extracting(timer -> timer.getId().getTag("nodeId"))
                .containsExactly("store-file");
    }

    @Test
    void namesAPathAsTheContractDoes() {
        registry.timer("http.server.requests", "uri", "/videos/{id}/{*matchOnUriPrefix}", "exception", "none");

        assertThat(registry.get("http.server.requests").timer().getId().getTags())
                .singleElement()
                .hasToString("tag(uri=/videos/{id})");
    }
}
