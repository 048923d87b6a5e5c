package dev.caravan.kernel.grpc;

import dev.caravan.kernel.access.ServiceIdentity;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptor;
import io.grpc.ServiceDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.component.grpc.GrpcComponent;
import org.apache.camel.component.grpc.GrpcConfiguration;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.jspecify.annotations.Nullable;

/**
 * The {@code grpc:} scheme with camel-grpc's addresses and options, for unary calls, on servers and channels of our
 * own: camel-grpc answers every failure with INTERNAL and the exception's text, opens a channel for each endpoint and
 * closes the port when a route is reloaded.
 *
 * <p>A server belongs to its address for as long as the context runs; a route attaches to it and detaches. A call that
 * comes while the route is being replaced waits for it. Callers of one contract at one address share one channel, callers
 * of one address its circuit breaker.
 */
@Component("grpc")
public final class RouteGrpcComponent extends GrpcComponent {

    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Callers connect anew so often, and so find instances that came later. */
    private static final Duration CONNECTION_AGE = Duration.ofMinutes(5);

    private final GrpcSettings settings;
    private final ServiceIdentity identity;
    private final ServiceHealth health;
    private final List<ServerInterceptor> serverInterceptors;
    private final List<ClientInterceptor> clientInterceptors;
    private final CircuitBreakerRegistry breakers;
    private final Map<String, ServiceServer> servers = new ConcurrentHashMap<>();
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private @Nullable ExecutorService executor;

    /**
     * @param identity what callers have to show, and this one shows
     * @param health what the health service of each server tells, while its route runs
     * @param serverInterceptors what sees every call that comes, refused ones too
     * @param clientInterceptors what sees every call that goes
     */
    public RouteGrpcComponent(
            GrpcSettings settings,
            ServiceIdentity identity,
            ServiceHealth health,
            List<ServerInterceptor> serverInterceptors,
            List<ClientInterceptor> clientInterceptors) {
        this.settings = settings;
        this.identity = identity;
        this.health = health;
        this.serverInterceptors = List.copyOf(serverInterceptors);
        this.clientInterceptors = List.copyOf(clientInterceptors);
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerCalls())
                .minimumNumberOfCalls(settings.breakerCalls())
                .failureRateThreshold(settings.breakerFailures())
                .waitDurationInOpenState(settings.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GrpcConfiguration configuration = new GrpcConfiguration();
        configuration.parseURI(new URI(uri));
        RouteGrpcEndpoint endpoint = new RouteGrpcEndpoint(uri, this, configuration);
        PropertyBindingSupport.bindProperties(getCamelContext(), configuration, parameters);
        parameters.clear();
        return endpoint;
    }

    GrpcSettings settings() {
        return settings;
    }

    ServiceIdentity identity() {
        return identity;
    }

    /** Opens the port at the first call for an address. */
    ServiceServer server(GrpcConfiguration configuration, String serviceClass) {
        String address = configuration.getHost() + ":" + configuration.getPort();
        return servers.computeIfAbsent(address, key -> {
            ServiceDescriptors descriptors =
                    new ServiceDescriptors(getCamelContext().getClassResolver());
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                            new InetSocketAddress(configuration.getHost(), configuration.getPort()))
                    .executor(executor())
                    .maxInboundMessageSize(configuration.getMaxMessageSize())
                    .maxInboundMetadataSize(configuration.getMaxInboundMetadataSize())
                    .permitKeepAliveTime(10, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .maxConnectionAge(CONNECTION_AGE.toSeconds(), TimeUnit.SECONDS);
            return new ServiceServer(
                    builder, descriptors.of(serviceClass), settings.maxCalls(), identity, health, serverInterceptors);
        });
    }

    ServiceChannel serviceChannel(GrpcConfiguration configuration, ServiceDescriptor service) {
        String address = configuration.getHost() + ":" + configuration.getPort();
        ManagedChannel channel =
                channels.computeIfAbsent(address + "/" + service.getName(), key -> NettyChannelBuilder.forAddress(
                                configuration.getHost(), configuration.getPort())
                        .usePlaintext()
                        .executor(executor())
                        .intercept(clientInterceptors)
                        .maxInboundMessageSize(configuration.getMaxMessageSize())
                        .keepAliveTime(30, TimeUnit.SECONDS)
                        // A name may stand for several instances.
                        .defaultLoadBalancingPolicy("round_robin")
                        .defaultServiceConfig(RetryPolicy.of(service))
                        .build());
        return new ServiceChannel(channel, breakers.circuitBreaker(address));
    }

    private synchronized ExecutorService executor() {
        if (executor == null) {
            executor =
                    getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "grpc", settings.threads());
        }
        return executor;
    }

    /** Tells callers as soon as the context begins to stop, so that they go elsewhere while its routes finish. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getCamelContext().getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelContextStoppingEvent) {
                    servers.values().forEach(ServiceServer::admitNoMore);
                }
            }
        });
    }

    @Override
    protected void doStop() throws Exception {
        servers.values().forEach(server -> server.close(GRACE));
        servers.clear();
        channels.values().forEach(ManagedChannel::shutdownNow);
        channels.clear();
        synchronized (this) {
            if (executor != null) {
                getCamelContext().getExecutorServiceManager().shutdown(executor);
                executor = null;
            }
        }
        super.doStop();
    }
}
