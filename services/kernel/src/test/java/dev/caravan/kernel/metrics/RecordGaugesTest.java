package dev.caravan.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class RecordGaugesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Moved clock = new Moved();
    private final RecordGauges record = new RecordGauges(registry, clock, Duration.ofMinutes(1));

    @Test
    void makesAGaugeOfEachRow() {
        found(
                Map.of("meter", "queue.depth", "queue", "jobs", "value", 3L),
                Map.of("meter", "queue.depth", "queue", "outbox", "value", 0L),
                Map.of("meter", "jobs.running", "value", 2));

        assertThat(gauge("queue.depth", "queue", "jobs")).isEqualTo(3);
        assertThat(gauge("queue.depth", "queue", "outbox")).isZero();
        assertThat(gauge("jobs.running")).isEqualTo(2);
    }

    @Test
    void forgetsARowThatIsNotFoundAnyMore() {
        found(
                Map.of("meter", "jobs", "state", "failed", "value", 1),
                Map.of("meter", "jobs", "state", "new", "value", 1));
        found(Map.of("meter", "jobs", "state", "new", "value", 4));

        assertThat(registry.find("jobs").tags("state", "failed").gauge()).isNull();
        assertThat(gauge("jobs", "state", "new")).isEqualTo(4);
    }

    @Test
    void isNoNumberWhenNothingWasFoundForLong() {
        found(Map.of("meter", "jobs", "value", 7));
        clock.now = clock.now.plusSeconds(61);

        assertThat(gauge("jobs")).isNaN();
    }

    @SafeVarargs
    private void found(Map<String, Object>... rows) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(List.of(rows));
        record.process(exchange);
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private static final class Moved extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
