package dev.caravan.kernel.mesh;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts what runs through each route and what each route sends where.
 *
 * <p>Camel's meters know no endpoint, and call a refused caller a failure: a map of theirs would have no edges, and be red
 * whenever somebody mistypes a password.
 */
public final class Traffic extends EventNotifierSupport implements RoutePolicyFactory {

    /** Endpoints that routes may send to before further ones are not told apart: a name in a URI could be anybody's. */
    private static final int MOST_SENT = 2000;

    private static final String BEGUN = "caravan.begun.";
    private static final String SENT_TO = "caravan.sent-to";

    /** Of camel-spring-rabbitmq, which takes these headers away when it sends. */
    private static final String OTHER_KEY = "CamelSpringRabbitmqRoutingOverrideKey";

    private static final String OTHER_EXCHANGE = "CamelSpringRabbitmqExchangeOverrideName";

    private final Map<String, CallCounter> routes = new ConcurrentHashMap<>();
    private final Map<Sent, CallCounter> sent = new ConcurrentHashMap<>();
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();

    private record Sent(String route, Address address) {}

    /** Counts nothing until Camel has it. */
    public Traffic() {
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    Numbers ofRoute(String route) {
        CallCounter counter = routes.get(route);
        return counter == null ? Numbers.NONE : counter.numbers();
    }

    Numbers ofSent(String route, Address address) {
        CallCounter counter = sent.get(new Sent(route, address));
        return counter == null ? Numbers.NONE : counter.numbers();
    }

    /** Where a route has sent to so far. */
    Set<Address> sentBy(String route) {
        return sent.keySet().stream()
                .filter(key -> key.route.equals(route))
                .map(Sent::address)
                .collect(Collectors.toSet());
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camelContext, String routeId, NamedNode route) {
        CallCounter counter = routes.computeIfAbsent(routeId, id -> new CallCounter());
        String begun = BEGUN + routeId;
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route running, Exchange exchange) {
                exchange.setProperty(begun, System.nanoTime());
            }

            @Override
            public void onExchangeDone(Route running, Exchange exchange) {
                if (exchange.removeProperty(begun) instanceof Long start) {
                    counter.add(exchange, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                }
            }
        };
    }

    /** Camel takes the time of a sending only for who hears of its beginning too. */
    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending) {
            noteOverrides(sending.getExchange());
        } else if (event instanceof ExchangeSentEvent done) {
            count(done);
        }
    }

    private static void noteOverrides(Exchange exchange) {
        String key = exchange.getMessage().getHeader(OTHER_KEY, String.class);
        if (key != null) {
            String name = exchange.getMessage().getHeader(OTHER_EXCHANGE, String.class);
            exchange.setProperty(SENT_TO, new Elsewhere(key, name));
        }
    }

    private record Elsewhere(String key, @Nullable String exchange) {}

    private void count(ExchangeSentEvent event) {
        Exchange exchange = event.getExchange();
        String route = ExchangeHelper.getAtRouteId(exchange);
        if (route == null) {
            return;
        }
        Address address = addressOf(event.getEndpoint().getEndpointUri());
        if (address.scheme().equals("spring-rabbitmq") && exchange.removeProperty(SENT_TO) instanceof Elsewhere other) {
            address = (other.exchange == null ? address : address.at(other.exchange))
                    .with(Address.ROUTING_KEY, other.key);
        }
        Sent key = new Sent(route, address);
        CallCounter counter = sent.get(key);
        if (counter == null && sent.size() < MOST_SENT) {
            counter = sent.computeIfAbsent(key, created -> new CallCounter());
        }
        if (counter != null) {
            counter.add(exchange, event.getTimeTaken());
        }
    }

    private Address addressOf(String uri) {
        Address address = addresses.get(uri);
        if (address == null) {
            address = Address.of(uri);
            if (addresses.size() < MOST_SENT) {
                addresses.put(uri, address);
            }
        }
        return address;
    }
}
