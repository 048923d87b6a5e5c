package dev.caravan.kernel.grpc;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.Waiting;
import dev.caravan.kernel.access.ServiceIdentity;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls one method: message in, message out, a failing status as a {@link Fault}. */
final class RouteGrpcProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(RouteGrpcProducer.class);

    private final ServiceChannel serviceChannel;
    private final MethodDescriptor<Object, Object> method;
    private final int largestAnswer;
    private final RouteGrpcComponent component;

    RouteGrpcProducer(
            RouteGrpcEndpoint endpoint,
            ServiceChannel serviceChannel,
            MethodDescriptor<Object, Object> method,
            int largestAnswer,
            RouteGrpcComponent component) {
        super(endpoint);
        this.serviceChannel = serviceChannel;
        this.method = method;
        this.largestAnswer = largestAnswer;
        this.component = component;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!serviceChannel.breaker().tryAcquirePermission()) {
            exchange.setException(Fault.unavailable(
                    "SERVICE_DOWN",
                    "A service of the platform is not available at the moment.",
                    component.settings().breakerPause()));
            callback.done(true);
            return true;
        }
        // The channel is that of all calls of a contract, each of which has a size of its own.
        CallOptions options = CallOptions.DEFAULT
                .withDeadline(CallDeadline.of(exchange, component.settings().deadline()))
                .withMaxInboundMessageSize(largestAnswer);
        Answer answer = new Answer(exchange, callback);
        if (Waiting.isHere(exchange)) {
            callAndWait(exchange, options, answer);
            callback.done(true);
            return true;
        }
        ClientCall<Object, Object> call = serviceChannel.channel().newCall(method, options);
        call.start(answer, metadata(exchange));
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

    private void callAndWait(Exchange exchange, CallOptions options, Answer answer) {
        Channel channel = ClientInterceptors.intercept(
                serviceChannel.channel(), MetadataUtils.newAttachHeadersInterceptor(metadata(exchange)));
        try {
            answer.onMessage(ClientCalls.blockingUnaryCall(
                    channel, method, options, exchange.getMessage().getBody()));
            answer.end(Status.OK, new Metadata());
        } catch (StatusRuntimeException e) {
            answer.end(e.getStatus(), Objects.requireNonNullElseGet(e.getTrailers(), Metadata::new));
        } catch (RuntimeException e) {
            answer.end(Status.CANCELLED.withCause(e), new Metadata());
        }
    }

    private Metadata metadata(Exchange exchange) {
        Metadata metadata = new Metadata();
        for (String name : Headers.TRAVELLING) {
            String value = exchange.getMessage().getHeader(name, String.class);
            if (value != null && MetadataKeys.isValue(value)) {
                metadata.put(MetadataKeys.of(name), value);
            }
        }
        String token = component.identity().token();
        if (token != null) {
            metadata.put(MetadataKeys.of(Headers.SERVICE_TOKEN), token);
        }
        return metadata;
    }

    private final class Answer extends ClientCall.Listener<Object> {

        private final Exchange exchange;
        private final AsyncCallback callback;
        private final long start = serviceChannel.breaker().getCurrentTimestamp();
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
            end(status, trailers);
            callback.done(false);
        }

        private void end(Status status, Metadata trailers) {
            if (status.isOk() && message != null) {
                count(null);
                exchange.getMessage().setBody(message);
            } else if (status.getCode() == Status.Code.CANCELLED
                    && status.getCause() instanceof RuntimeException mistake) {
                // A route's own, from sending: no fault of anybody to be told, but a failure to be logged.
                serviceChannel.breaker().releasePermission();
                exchange.setException(mistake);
            } else {
                if (status.getCode() == Status.Code.UNAVAILABLE) {
                    // The next call tries at once; gRPC itself would wait up to two minutes after long outages.
                    serviceChannel.channel().resetConnectBackoff();
                }
                Fault fault = Fault.from(status.asRuntimeException(trailers));
                if (fault.code() != status.getCode()) {
                    LOG.warn("A call of {} was cut off: {}", getEndpoint(), status);
                }
                count(fault);
                exchange.setException(toldToCallers(fault));
            }
        }

        /** A callee that answers is well, whatever it answers. */
        private void count(@Nullable Fault fault) {
            CircuitBreaker breaker = serviceChannel.breaker();
            long duration = breaker.getCurrentTimestamp() - start;
            if (fault != null && fault.isOfTransport()) {
                breaker.onError(duration, breaker.getTimestampUnit(), fault);
            } else {
                breaker.onSuccess(duration, breaker.getTimestampUnit());
            }
        }

        /** That this service was not let in is its own fault, and nothing that its caller could mend by logging in. */
        private Fault toldToCallers(Fault fault) {
            if (!ServiceIdentity.NOT_A_SERVICE.equals(fault.reason())) {
                return fault;
            }
            LOG.error("{} does not take this for a service: see caravan.service-key", getEndpoint());
            return Fault.of(Status.Code.INTERNAL, "INTERNAL", "Something went wrong on our side.");
        }
    }
}
