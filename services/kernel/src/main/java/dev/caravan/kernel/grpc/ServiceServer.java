package dev.caravan.kernel.grpc;

import com.google.protobuf.Message;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.access.ServiceIdentity;
import dev.caravan.kernel.access.StatedAccess;
import dev.caravan.proto.access.Access;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The port of a service, with health and reflection beside it, for whichever route is attached at the moment. */
final class ServiceServer {

    private static final Context.Key<Metadata> METADATA = Context.key("caravan-metadata");
    private static final Duration ROUTE_WAIT = Duration.ofSeconds(5);
    /** Whoever asks is told what the last look found, so that asking, and be it often, costs no dependency anything. */
    private static final long HEALTH_PERIOD_MILLIS = 2000;

    private final Server server;
    private final HealthStatusManager health = new HealthStatusManager();
    private final String service;
    private final ServiceHealth dependencies;
    private final ScheduledExecutorService healthWatch;
    private volatile boolean healthy = true;
    private volatile CompletableFuture<RouteGrpcConsumer> route = new CompletableFuture<>();

    ServiceServer(
            ServerBuilder<?> builder,
            ServiceDescriptor descriptor,
            int maxCalls,
            ServiceIdentity identity,
            ServiceHealth dependencies,
            List<ServerInterceptor> outer) {
        service = descriptor.getName();
        this.dependencies = dependencies;
        health.setStatus(service, ServingStatus.NOT_SERVING);
        builder.addService(definition(descriptor))
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .intercept(new KnownCallers(identity))
                .intercept(new BoundedCalls(new Semaphore(maxCalls)));
        // The last one added sees a call first.
        outer.forEach(builder::intercept);
        server = builder.build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the port of " + service + ": " + e.getMessage(), e);
        }
        healthWatch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "grpc-health");
            thread.setDaemon(true);
            return thread;
        });
        healthWatch.scheduleWithFixedDelay(
                this::look, HEALTH_PERIOD_MILLIS, HEALTH_PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            healthy = dependencies.isHealthy();
        } catch (RuntimeException e) {
            healthy = false;
        }
        tellHealth();
    }

    /** Serving is a service whose route runs and that has what it needs. */
    private void tellHealth() {
        ServingStatus status = healthy && route.isDone() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        health.setStatus(service, status);
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    }

    void attach(RouteGrpcConsumer consumer) {
        if (!route.complete(consumer)) {
            route = CompletableFuture.completedFuture(consumer);
        }
        tellHealth();
    }

    void detach(RouteGrpcConsumer consumer) {
        if (route.getNow(null) == consumer) {
            route = new CompletableFuture<>();
            tellHealth();
        }
    }

    /** Calls that are in progress end as usual; callers take further ones to another instance. */
    void admitNoMore() {
        if (!server.isShutdown()) {
            healthWatch.shutdownNow();
            health.enterTerminalState();
            server.shutdown();
        }
    }

    void close(Duration grace) {
        admitNoMore();
        try {
            if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private ServerServiceDefinition definition(ServiceDescriptor descriptor) {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(descriptor);
        for (MethodDescriptor<?, ?> method : descriptor.getMethods()) {
            addMethod(builder, method);
        }
        return builder.build();
    }

    @SuppressWarnings("unchecked") // the handler gives the request on as it came and answers with a message
    private void addMethod(ServerServiceDefinition.Builder builder, MethodDescriptor<?, ?> method) {
        String name = String.valueOf(method.getBareMethodName());
        Access access = StatedAccess.of(method);
        builder.addMethod(
                (MethodDescriptor<Object, Object>) method,
                ServerCalls.asyncUnaryCall((request, responses) -> call(name, access, request, responses)));
    }

    private void call(String method, Access access, Object request, StreamObserver<Object> responses) {
        Metadata metadata = METADATA.get();
        try {
            StatedAccess.check(access, value(metadata, Headers.USER_ID), value(metadata, Headers.USER_ROLE));
            StorableText.check((Message) request);
        } catch (Fault refusal) {
            responses.onError(refusal.toStatusException());
            return;
        }
        Context context = Context.current();
        CompletableFuture<RouteGrpcConsumer> attached = route;
        if (attached.isDone()) {
            attached.join().handle(method, request, metadata, responses);
            return;
        }
        attached.copy()
                .orTimeout(ROUTE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((consumer, failure) -> context.run(() -> {
                    if (failure == null) {
                        consumer.handle(method, request, metadata, responses);
                    } else {
                        responses.onError(Fault.unavailable("ROUTE_STOPPED", "The service is not running its route.")
                                .toStatusException());
                    }
                }));
    }

    private static @Nullable String value(Metadata metadata, String header) {
        return metadata.get(MetadataKeys.of(header));
    }

    /** Refuses whoever is no service of the platform; only the health of a service is everybody's business. */
    private record KnownCallers(ServiceIdentity identity) implements ServerInterceptor {

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
            if (!HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
                try {
                    identity.check(value(metadata, Headers.SERVICE_TOKEN));
                } catch (Fault refusal) {
                    StatusRuntimeException status = refusal.toStatusException();
                    call.close(status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
                    return new ServerCall.Listener<>() {};
                }
            }
            return next.startCall(call, metadata);
        }
    }

    /** Refuses what is over the bound, so that an overload is told at once, not queued. Keeps the metadata at hand. */
    private record BoundedCalls(Semaphore free) implements ServerInterceptor {

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
            if (!free.tryAcquire()) {
                call.close(Status.UNAVAILABLE.withDescription("The service is busy."), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            Context context = Context.current().withValue(METADATA, metadata);
            return new Releasing<>(Contexts.interceptCall(context, call, metadata, next), free);
        }
    }

    private static final class Releasing<Q>
            extends io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {

        private final Semaphore free;

        Releasing(ServerCall.Listener<Q> listener, Semaphore free) {
            super(listener);
            this.free = free;
        }

        @Override
        public void onComplete() {
            free.release();
            super.onComplete();
        }

        @Override
        public void onCancel() {
            free.release();
            super.onCancel();
        }
    }
}
