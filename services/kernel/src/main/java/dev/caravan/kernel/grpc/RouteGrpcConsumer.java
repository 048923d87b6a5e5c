package dev.caravan.kernel.grpc;

import com.google.common.base.CaseFormat;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a route answer the calls of a service. Camel suspends it before it waits for the calls in progress; what it can only
 * stop, it stops together with the steps of the route.
 */
final class RouteGrpcConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteGrpcConsumer.class);

    private final Supplier<ServiceServer> address;
    private @Nullable ServiceServer server;

    RouteGrpcConsumer(RouteGrpcEndpoint endpoint, Processor processor, Supplier<ServiceServer> address) {
        super(endpoint, processor);
        this.address = address;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        server = address.get();
        server.attach(this);
    }

    @Override
    protected void doSuspend() throws Exception {
        detach();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        if (server != null) {
            server.attach(this);
        }
    }

    @Override
    protected void doStop() throws Exception {
        detach();
        super.doStop();
    }

    private void detach() {
        if (server != null) {
            server.detach(this);
        }
    }

    /** Routes one call without holding a thread while the route waits for others. */
    void handle(String method, Object request, Metadata metadata, StreamObserver<Object> responses) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        exchange.setProperty(CallDeadline.PROPERTY, Context.current().getDeadline());
        exchange.getIn().setBody(request);
        exchange.getIn().setHeader(Headers.RPC, CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_HYPHEN, method));
        for (String name : Headers.TRAVELLING) {
            String value = metadata.get(MetadataKeys.of(name));
            if (value != null) {
                exchange.getIn().setHeader(name, value);
            }
        }
        getAsyncProcessor().process(exchange, done -> {
            answer(exchange, responses);
            releaseExchange(exchange, false);
        });
    }

    private static void answer(Exchange exchange, StreamObserver<Object> responses) {
        Exception failure = exchange.getException();
        if (failure == null) {
            Object body = exchange.getMessage().getBody();
            if (body instanceof com.google.protobuf.Message) {
                responses.onNext(body);
                responses.onCompleted();
                return;
            }
            LOG.error(
                    "Exchange {}: the route left {} in place of an answer to {}",
                    exchange.getExchangeId(),
                    body == null ? "nothing" : body.getClass().getName(),
                    exchange.getMessage().getHeader(Headers.RPC));
            responses.onError(internal(exchange));
            return;
        }
        Fault fault = Fault.in(failure);
        if (fault == null && !exchange.getExchangeExtension().isErrorHandlerHandledSet()) {
            LOG.error("Exchange {}: failed before the route took it", exchange.getExchangeId(), failure);
        }
        responses.onError(fault != null ? fault.toStatusException() : internal(exchange));
    }

    /** The log has the failure with its exchange's id; the caller gets that id and nothing of the inside. */
    private static RuntimeException internal(Exchange exchange) {
        return Fault.of(Status.Code.INTERNAL, "INTERNAL", "Internal error " + exchange.getExchangeId())
                .toStatusException();
    }
}
