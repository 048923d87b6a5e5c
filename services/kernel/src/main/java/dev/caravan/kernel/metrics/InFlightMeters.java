package dev.caravan.kernel.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import org.apache.camel.Route;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.support.LifecycleStrategySupport;

/** {@code camel.exchanges.inflight}: how many exchanges are in each route at the moment. */
final class InFlightMeters extends LifecycleStrategySupport {

    private final MeterRegistry registry;

    InFlightMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            String id = route.getRouteId();
            // Of a route that is loaded again it is the same gauge.
            Gauge.builder(
                            "camel.exchanges.inflight",
                            route.getCamelContext().getInflightRepository(),
                            (InflightRepository exchanges) -> exchanges.size(id))
                    .tags("camelContext", route.getCamelContext().getName(), "routeId", id)
                    .register(registry);
        }
    }
}
