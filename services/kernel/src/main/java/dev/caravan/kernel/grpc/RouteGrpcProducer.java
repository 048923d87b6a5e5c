package dev.caravan.kernel.grpc;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Calls one method: message in, message out, a failing status as a {@link Fault}. */
final class RouteGrpcProducer extends DefaultAsyncProducer {

    private final ManagedChannel channel;
    private final MethodDescriptor<Object, Object> method;
    private final Duration longest;

    RouteGrpcProducer(
            RouteGrpcEndpoint endpoint,
            ManagedChannel channel,
            MethodDescriptor<Object, Object> method,
            Duration longest) {
        super(endpoint);
        this.channel = channel;
        this.method = method;
        this.longest = longest;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CallOptions options = CallOptions.DEFAULT.withDeadline(CallDeadline.of(exchange, longest));
        ClientCall<Object, Object> call = channel.newCall(method, options);
        call.start(new Answer(exchange, callback), metadata(exchange));
        call.request(2);
        try {
            call.sendMessage(exchange.getMessage().getBody());
            call.halfClose();
        } catch (RuntimeException e) {
            // Not the method's message type: the listener hears of the cancellation and ends the exchange.
            call.cancel("not a " + method.getFullMethodName() + " request", e);
        }
        return false;
    }

    private static Metadata metadata(Exchange exchange) {
        Metadata metadata = new Metadata();
        for (String name : Headers.TRAVELLING) {
            String value = exchange.getMessage().getHeader(name, String.class);
            if (value != null) {
                metadata.put(MetadataKeys.of(name), value);
            }
        }
        return metadata;
    }

    private final class Answer extends ClientCall.Listener<Object> {

        private final Exchange exchange;
        private final AsyncCallback callback;
        private @Nullable Object message;

        Answer(Exchange exchange, AsyncCallback callback) {
            this.exchange = exchange;
            this.callback = callback;
        }

        @Override
        public void onMessage(Object received) {
            message = received;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (status.isOk() && message != null) {
                exchange.getMessage().setBody(message);
            } else if (status.getCode() == Status.Code.CANCELLED
                    && status.getCause() instanceof RuntimeException mistake) {
                // A route's own, from sending: no fault of anybody to be told, but a failure to be logged.
                exchange.setException(mistake);
            } else {
                if (status.getCode() == Status.Code.UNAVAILABLE) {
                    // The next call tries at once; gRPC itself would wait up to two minutes after long outages.
                    channel.resetConnectBackoff();
                }
                exchange.setException(Fault.from(status.asRuntimeException(trailers)));
            }
            callback.done(false);
        }
    }
}
