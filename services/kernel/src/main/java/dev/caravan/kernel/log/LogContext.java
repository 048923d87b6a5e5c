package dev.caravan.kernel.log;

import dev.caravan.kernel.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Says of every line that a route causes which service, route, exchange, trace, request, user and video it belongs to, as
 * the MDC. Set anew at each step, since an exchange changes threads, and taken away where it leaves one.
 *
 * <p>Request and user come with the headers of the endpoint, which a route may strip; the exchange remembers them.
 */
public final class LogContext implements InterceptStrategy, RoutePolicyFactory {

    static final String SERVICE = "service";
    static final String ROUTE = "route";
    static final String EXCHANGE = "exchange";
    static final String TRACE = "trace";
    static final String REQUEST = "request";
    static final String USER = "user";
    static final String VIDEO = "video";
    static final List<String> KEYS = List.of(SERVICE, ROUTE, EXCHANGE, TRACE, REQUEST, USER, VIDEO);

    private static final String PREFIX = "log.";

    /**
     * What a thread's MDC was set to last; null after it was taken away, or something was put to it.
     *
     * <p>Most steps of an exchange find it as the one before them left it; and to set it, all at once, is a good part of what a
     * step costs.
     */
    private static final ThreadLocal<@Nullable Map<String, String>> CURRENT = new ThreadLocal<>();

    /** Names the video that an exchange is about, from here on. */
    public static void video(Exchange exchange, @Nullable Object id) {
        if (id == null) {
            return;
        }
        String text = id.toString();
        exchange.setProperty(PREFIX + VIDEO, text);
        MDC.put(VIDEO, text);
        CURRENT.remove();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
        return new Step(target);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new Ends();
    }

    private static void put(Exchange exchange) {
        Map<String, String> context = new HashMap<>();
        put(context, SERVICE, exchange.getContext().getName());
        put(
                context,
                ROUTE,
                exchange.getUnitOfWork() == null || exchange.getUnitOfWork().getRoute() == null
                        ? exchange.getFromRouteId()
                        : exchange.getUnitOfWork().getRoute().getRouteId());
        put(context, EXCHANGE, exchange.getExchangeId());
        put(context, TRACE, trace(exchange));
        put(context, REQUEST, remembered(exchange, REQUEST, Headers.REQUEST_ID));
        put(context, USER, remembered(exchange, USER, Headers.USER_ID));
        put(context, VIDEO, exchange.getProperty(PREFIX + VIDEO, String.class));
        if (!context.equals(CURRENT.get())) {
            MDC.setContextMap(context);
            CURRENT.set(context);
        }
    }

    private static void put(Map<String, String> context, String key, @Nullable String value) {
        if (value != null) {
            context.put(key, value);
        }
    }

    private static void clear() {
        MDC.clear();
        CURRENT.remove();
    }

    private static @Nullable String remembered(Exchange exchange, String key, String header) {
        Object now = exchange.getMessage().getHeader(header);
        if (now == null) {
            return exchange.getProperty(PREFIX + key, String.class);
        }
        String text = now.toString();
        exchange.setProperty(PREFIX + key, text);
        return text;
    }

    private static @Nullable String trace(Exchange exchange) {
        Object parent = exchange.getMessage().getHeader(Headers.TRACEPARENT);
        if (parent == null) {
            return exchange.getProperty(PREFIX + TRACE, String.class);
        }
        String id = Headers.traceId(parent);
        if (id != null) {
            exchange.setProperty(PREFIX + TRACE, id);
        }
        return id;
    }

    private static final class Step extends DelegateAsyncProcessor {

        Step(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            put(exchange);
            boolean here = super.process(exchange, callback);
            if (here) {
                // For the error handler, which looks at the outcome on this thread; a route that was called left its
                // own.
                put(exchange);
            } else {
                clear();
            }
            return here;
        }
    }

    /** Where an exchange is through with the route that it came by, its thread goes on to something else. */
    private static final class Ends extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            put(exchange);
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (route.getRouteId().equals(exchange.getFromRouteId())) {
                clear();
            }
        }
    }
}
