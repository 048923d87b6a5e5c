package dev.caravan.kernel.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes gauges of what a statement found: of each row the column {@code meter} is the name, {@code value} the value, and
 * each other one that is not null a tag. What was found too long ago, because nothing is found any more, is no number.
 */
final class RecordGauges implements Processor {

    private static final String METER = "meter";
    private static final String VALUE = "value";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Duration lifetime;
    private final Map<String, MultiGauge> gauges = new ConcurrentHashMap<>();

    RecordGauges(MeterRegistry registry, Clock clock, Duration lifetime) {
        this.registry = registry;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    @Override
    @SuppressWarnings("unchecked") // rows are maps by column
    public void process(Exchange exchange) {
        List<Map<String, Object>> rows = exchange.getMessage().getBody(List.class);
        Instant end = clock.instant().plus(lifetime);
        Map<String, List<MultiGauge.Row<?>>> byMeter = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> String.valueOf(row.get(METER)),
                        LinkedHashMap::new,
                        Collectors.mapping(row -> row(row, end), Collectors.toList())));
        byMeter.forEach((meter, found) -> gauges.computeIfAbsent(
                        meter, name -> MultiGauge.builder(name).register(registry))
                .register(found, true));
    }

    private MultiGauge.Row<?> row(Map<String, Object> row, Instant end) {
        List<String> tags = row.entrySet().stream()
                .filter(column ->
                        !column.getKey().equals(METER) && !column.getKey().equals(VALUE) && column.getValue() != null)
                .flatMap(column -> List.of(column.getKey(), String.valueOf(column.getValue())).stream())
                .toList();
        double value = row.get(VALUE) instanceof Number number ? number.doubleValue() : Double.NaN;
        return MultiGauge.Row.of(
                Tags.of(tags.toArray(String[]::new)), () -> clock.instant().isAfter(end) ? Double.NaN : value);
    }
}
