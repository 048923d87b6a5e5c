package dev.caravan.kernel.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.MessageHistory;

/** The ids of the routes that an exchange went through, in their order; Camel's message history knows them. */
public final class RouteTrail {

    private RouteTrail() {}

    /** Separated by commas. */
    public static String of(Exchange exchange) {
        Set<String> routes = new LinkedHashSet<>();
        List<?> history = exchange.getProperty(ExchangePropertyKey.MESSAGE_HISTORY, List.class);
        if (history != null) {
            history.forEach(entry -> routes.add(((MessageHistory) entry).getRouteId()));
        }
        String first = exchange.getFromRouteId();
        if (first == null || routes.contains(first)) {
            return String.join(",", routes);
        }
        // It failed before its first step.
        return routes.isEmpty() ? first : first + "," + String.join(",", routes);
    }
}
