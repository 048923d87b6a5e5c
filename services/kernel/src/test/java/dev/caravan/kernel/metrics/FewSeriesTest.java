package dev.caravan.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.MessageHistory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.micrometer.messagehistory.MicrometerMessageHistoryFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FewSeriesTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void filter() {
        MetricsAutoConfiguration configuration = new MetricsAutoConfiguration();
        registry.config().meterFilter(configuration.plainPaths()).meterFilter(configuration.fewTags());
    }

    @Test
    void measuresStepsThatHaveANameAndNoOthersOfWhichItOnlyKnows() throws Exception {
        MicrometerMessageHistoryFactory measuring = new MicrometerMessageHistoryFactory();
        measuring.setMeterRegistry(registry);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.setMessageHistory(true);
            camel.setMessageHistoryFactory(measuring);
            new MetricsAutoConfiguration().namedSteps().beforeApplicationStart(camel);
            camel.addRoutesConfigurations(new RouteConfigurationBuilder() {
                @Override
                public void configuration() {
                    routeConfiguration()
                            .onException(IllegalStateException.class)
                            .handled(true)
                            .process(exchange -> {});
                }
            });
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:store")
                            .routeId("encode-store-file")
                            .process(exchange -> {})
                            .id("store-file")
                            .process(exchange -> {})
                            .throwException(new IllegalStateException("What a handler is for."));
                }
            });
            camel.start();
            Exchange done = camel.createProducerTemplate().send("direct:store", exchange -> {});

            assertThat((List<?>) done.getProperty(ExchangePropertyKey.MESSAGE_HISTORY, List.class))
                    .extracting(step -> ((MessageHistory) step).getRouteId())
                    .containsOnly("encode-store-file")
                    .hasSize(3);
        }

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
