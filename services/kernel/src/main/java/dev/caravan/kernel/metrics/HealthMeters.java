package dev.caravan.kernel.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * {@code service.health.status} of a service and {@code service.health.part} of each thing that it needs: 1 for one that is
 * well, 0 for one that is not. Looked at from time to time, since a part that is down takes seconds to say so and whoever
 * reads metrics does not wait for it.
 */
final class HealthMeters implements MeterBinder, ApplicationListener<ApplicationReadyEvent>, DisposableBean {

    private static final String STATUS = "service.health.status";
    private static final String PART = "service.health.part";

    private final Supplier<HealthComponent> health;
    private final Duration period;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "health-meters");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable MultiGauge parts;
    private volatile double status = Double.NaN;

    HealthMeters(Supplier<HealthComponent> health, Duration period) {
        this.health = health;
        this.period = period;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(STATUS, () -> status)
                .description("1 while the service has all that it needs")
                .register(registry);
        parts = MultiGauge.builder(PART)
                .description("1 while this part is well")
                .register(registry);
    }

    /** Not before: the health endpoint asks Camel, whose routes have to be there. */
    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        clock.scheduleWithFixedDelay(this::look, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            HealthComponent found = health.get();
            status = value(found);
            MultiGauge gauges = parts;
            if (gauges != null && found instanceof CompositeHealth composite) {
                gauges.register(
                        composite.getComponents().entrySet().stream()
                                .map(HealthMeters::row)
                                .toList(),
                        true);
            }
        } catch (RuntimeException e) {
            status = 0;
        }
    }

    private static MultiGauge.Row<?> row(Map.Entry<String, HealthComponent> part) {
        return MultiGauge.Row.of(Tags.of("part", part.getKey()), value(part.getValue()));
    }

    private static double value(HealthComponent health) {
        return Status.UP.equals(health.getStatus()) ? 1 : 0;
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}
