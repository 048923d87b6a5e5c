package dev.caravan.kernel.log;

import dev.caravan.kernel.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
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

    private static final String WORDS = "log";

    /**
     * What a thread's MDC was set to last; none after it was taken away.
     *
     * <p>Most steps of an exchange find it as the one before them left it; and to set it is a good part of what a step costs.
     */
    private static final ThreadLocal<@Nullable Words> CURRENT = new ThreadLocal<>();

    /**
     * What is known of an exchange. It remembers what headers said, which may be gone.
     *
     * @param traceparent of the trace
     */
    private record Words(
            String service,
            String exchange,
            @Nullable String route,
            @Nullable Object traceparent,
            @Nullable Object request,
            @Nullable Object user,
            @Nullable String video) {

        static final Words NONE = new Words("", "", null, null, null, null, null);

        Map<String, String> context() {
            Map<String, String> context = new HashMap<>();
            put(context, SERVICE, service);
            put(context, ROUTE, route);
            put(context, EXCHANGE, exchange);
            put(context, TRACE, traceparent == null ? null : Headers.traceId(traceparent));
            put(context, REQUEST, request);
            put(context, USER, user);
            put(context, VIDEO, video);
            return context;
        }

        private static void put(Map<String, String> context, String key, @Nullable Object value) {
            if (value != null) {
                context.put(key, value.toString());
            }
        }
    }

    /** Names the video that an exchange is about, from here on. */
    public static void video(Exchange exchange, @Nullable Object id) {
        if (id == null) {
            return;
        }
        put(exchange, id.toString());
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
        put(exchange, null);
    }

    /** @param newVideo that it is about from here on; none for the one that it was about before */
    private static void put(Exchange exchange, @Nullable String newVideo) {
        Words before = exchange.getProperty(WORDS) instanceof Words words ? words : Words.NONE;
        String route =
                exchange.getUnitOfWork() == null || exchange.getUnitOfWork().getRoute() == null
                        ? exchange.getFromRouteId()
                        : exchange.getUnitOfWork().getRoute().getRouteId();
        Message message = exchange.getMessage();
        Words now = new Words(
                exchange.getContext().getName(),
                exchange.getExchangeId(),
                route,
                said(message, Headers.TRACEPARENT, before.traceparent),
                said(message, Headers.REQUEST_ID, before.request),
                said(message, Headers.USER_ID, before.user),
                newVideo == null ? before.video : newVideo);
        if (!now.equals(before)) {
            exchange.setProperty(WORDS, now);
        }
        if (!now.equals(CURRENT.get())) {
            MDC.setContextMap(now.context());
            CURRENT.set(now);
        }
    }

    private static @Nullable Object said(Message message, String header, @Nullable Object before) {
        Object now = message.getHeader(header);
        return now == null ? before : now;
    }

    private static void clear() {
        MDC.clear();
        CURRENT.remove();
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
