package dev.caravan.kernel.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.MessageHistory;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.engine.DefaultMessageHistoryFactory;
import org.apache.camel.spi.MessageHistoryFactory;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Of a route's steps has those measured that have a name; the others have a new one after each reload. It is no filter of meters
 * that denies them: for a meter that it does not have the registry takes its one lock, at every step of every exchange.
 */
public final class NamedSteps extends DefaultMessageHistoryFactory {

    /** Camel counts up such ids, and goes on counting when a route is loaded again. */
    private static final Pattern GENERATED_ID = Pattern.compile("[A-Za-z]+\\d+");

    private final MessageHistoryFactory measuring;
    private final Set<String> routes = ConcurrentHashMap.newKeySet();

    /** @param measuring what measures those with a name */
    public NamedSteps(MessageHistoryFactory measuring) {
        this.measuring = measuring;
    }

    @Override
    public @Nullable MessageHistory newMessageHistory(String routeId, NamedNode node, Exchange exchange) {
        // A handler of failures is none of the routes that an exchange went through.
        if (!isRoute(routeId, exchange)) {
            return null;
        }
        String id = node.getId();
        return id == null || GENERATED_ID.matcher(id).matches()
                ? super.newMessageHistory(routeId, node, exchange)
                : measuring.newMessageHistory(routeId, node, exchange);
    }

    /** Camel goes through all of its routes to find one, and this is asked at every step. */
    private boolean isRoute(String id, Exchange exchange) {
        if (routes.contains(id)) {
            return true;
        }
        boolean found = exchange.getContext().getRoute(id) != null;
        if (found) {
            routes.add(id);
        }
        return found;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(measuring);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(measuring);
        super.doStop();
    }
}
