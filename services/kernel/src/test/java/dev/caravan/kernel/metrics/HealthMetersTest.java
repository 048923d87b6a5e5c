package dev.caravan.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.DefaultHealthContributorRegistry;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.SimpleStatusAggregator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.boot.context.event.ApplicationReadyEvent;

class HealthMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Supplier<HealthComponent>> health = new AtomicReference<>();
    private final HealthMeters meters = new HealthMeters(() -> health.get().get(), Duration.ofMillis(20));

    @AfterEach
    void end() {
        meters.destroy();
    }

    @Test
    void tellsTheServiceAndEachPart() {
        health.set(() -> composite(Status.DOWN, Status.UP));
        start();

        await().until(() -> registry.find("service.health.part").gauge() != null);

        assertThat(value("service.health.status")).isZero();
        assertThat(value("service.health.part", "part", "db")).isZero();
        assertThat(value("service.health.part", "part", "disk")).isEqualTo(1);
    }

    @Test
    void noticesThatAServiceIsWellAgain() {
        health.set(() -> {
            throw new IllegalStateException("not even that");
        });
        start();
        await().until(() -> value("service.health.status") == 0);

        health.set(() -> Health.up().build());

        await().until(() -> value("service.health.status") == 1);
    }

    private void start() {
        meters.bindTo(registry);
        meters.onApplicationEvent(mock(ApplicationReadyEvent.class));
    }

    private double value(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private static HealthComponent composite(Status db, Status disk) {
        return new Parts(Map.of("db", db, "disk", disk)).health();
    }

    /** The health endpoint's own way to make one of several. */
    private record Parts(Map<String, Status> statuses) {

        HealthComponent health() {
            var registry = new DefaultHealthContributorRegistry();
            statuses.forEach((name, status) -> registry.registerContributor(
                    name, (HealthIndicator) () -> Health.status(status).build()));
            var groups = HealthEndpointGroups.of(new Everything(), Map.of());
            return new HealthEndpoint(registry, groups, null).health();
        }
    }

    private static final class Everything implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return true;
        }

        @Override
        public boolean showComponents(SecurityContext context) {
            return true;
        }

        @Override
        public boolean showDetails(SecurityContext context) {
            return true;
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return new SimpleStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return status -> 200;
        }

        @Override
        public AdditionalHealthEndpointPath getAdditionalPath() {
            return null;
        }
    }
}
