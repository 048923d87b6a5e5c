package dev.caravan.kernel.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Map<String, DirectConsumer> consumers = new ConcurrentHashMap<>();

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
        super.addConsumer(key, consumer);
        consumers.put(key, consumer);
    }

    @Override
    public void removeConsumer(String key, DirectConsumer consumer) {
        consumers.remove(key, consumer);
        super.removeConsumer(key, consumer);
    }

    private @Nullable DirectConsumer consumer(DirectEndpoint endpoint) throws InterruptedException {
        String uri = endpoint.getEndpointUri();
        int options = uri.indexOf('?');
        String key = options < 0 ? uri : uri.substring(0, options);
        DirectConsumer consumer = consumers.get(key);
        return consumer != null ? consumer : getConsumer(key, endpoint.isBlock(), endpoint.getTimeout());
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
                DirectConsumer consumer = consumer((DirectEndpoint) getEndpoint());
                if (consumer != null) {
                    return consumer.getAsyncProcessor().process(exchange, callback);
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
