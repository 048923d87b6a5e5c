package dev.caravan.kernel.route;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code direct:} scheme with producers that ask for their consumer at each call. Camel's own remember it and, when
 * one thread finds it gone and waits for the next, let the other threads go on into the route that is being replaced:
 * it never runs empty under load.
 */
@Component("direct")
public final class LiveDirectComponent extends DirectComponent {

    /** A caller that has been given a consumer and not yet entered it is not seen by Camel's count of exchanges. */
    private static final Duration LONGEST_ENTRY = Duration.ofMillis(250);

    private final Map<String, Entrance> entrances = new ConcurrentHashMap<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DirectEndpoint endpoint = new LiveDirectEndpoint(uri);
        endpoint.setBlock(isBlock());
        endpoint.setTimeout(getTimeout());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    public void addConsumer(String key, DirectConsumer consumer) {
        entrances.put(key, new Entrance(consumer, new AtomicInteger()));
        ended.remove(key);
        super.addConsumer(key, consumer);
    }

    @Override
    public void removeConsumer(String key, DirectConsumer consumer) {
        super.removeConsumer(key, consumer);
        Entrance entrance = entrances.get(key);
        if (entrance != null && entrance.consumer == consumer && entrances.remove(key, entrance)) {
            entrance.awaitEntered();
        }
    }

    /** Says that this consumer goes for good: callers fail at once and do not wait for the next, until there is one. */
    void end(DirectConsumer consumer) {
        ended.add(key(consumer.getEndpoint()));
    }

    private static String key(Endpoint endpoint) {
        String uri = endpoint.getEndpointUri();
        int options = uri.indexOf('?');
        return options < 0 ? uri : uri.substring(0, options);
    }

    /** Waits for a consumer as long as the endpoint says, unless the last has ended; null when none came. */
    private @Nullable Entrance entrance(DirectEndpoint endpoint) throws InterruptedException {
        String key = key(endpoint);
        for (; ; ) {
            Entrance entrance = entrances.get(key);
            if (entrance == null) {
                if (ended.contains(key) || getConsumer(key, endpoint.isBlock(), endpoint.getTimeout()) == null) {
                    return null;
                }
                continue;
            }
            entrance.entering.incrementAndGet();
            if (entrances.get(key) == entrance) {
                return entrance;
            }
            entrance.entering.decrementAndGet();
        }
    }

    /**
     * A consumer with the number of callers that are about to enter it, or have entered and are served on their own
     * thread.
     */
    private record Entrance(DirectConsumer consumer, AtomicInteger entering) {

        void awaitEntered() {
            long end = System.nanoTime() + LONGEST_ENTRY.toNanos();
            while (entering.get() > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private final class LiveDirectEndpoint extends DirectEndpoint {

        LiveDirectEndpoint(String uri) {
            super(uri, LiveDirectComponent.this);
        }

        @Override
        public Producer createProducer() {
            return new LiveDirectProducer(this);
        }
    }

    private final class LiveDirectProducer extends DefaultAsyncProducer {

        LiveDirectProducer(DirectEndpoint endpoint) {
            super(endpoint);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                Entrance entrance = entrance((DirectEndpoint) getEndpoint());
                if (entrance != null) {
                    try {
                        return entrance.consumer.getAsyncProcessor().process(exchange, callback);
                    } finally {
                        entrance.entering.decrementAndGet();
                    }
                }
                exchange.setException(new DirectConsumerNotAvailableException(
                        "No consumers available on " + getEndpoint(), exchange));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.setException(e);
            }
            callback.done(true);
            return true;
        }
    }
}
