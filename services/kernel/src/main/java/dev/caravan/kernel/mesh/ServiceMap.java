package dev.caravan.kernel.mesh;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running service: its routes and what they send.
 *
 * @param instance names this run of it; the numbers of another run begin anew
 * @param startedAt milliseconds since 1970
 * @param bindings what it has the message broker put into which queue
 * @param source of the route that was asked for
 */
public record ServiceMap(
        String service,
        String instance,
        long startedAt,
        List<RunningRoute> routes,
        List<Binding> bindings,
        @Nullable Source source) {

    /**
     * @param state such as Started
     * @param from where its messages come from
     * @param inFlight how many are under way
     */
    public record RunningRoute(
            String id,
            @Nullable String description,
            String state,
            Address from,
            List<Sending> sendings,
            int inFlight,
            Numbers numbers) {}

    /**
     * @param step the id of the step, where it has one of its own
     * @param peer the service whose address it is by the configuration, if it is one's
     */
    public record Sending(@Nullable String step, @Nullable String peer, Address to, Numbers numbers) {}

    /** @param key the routing key, a pattern of a topic exchange */
    public record Binding(String exchange, String key, String queue) {}

    /**
     * @param file below the folder of the routes
     * @param text as it is running, which is as it was saved last if that could be made live
     */
    public record Source(String route, String file, String text) {}
}
