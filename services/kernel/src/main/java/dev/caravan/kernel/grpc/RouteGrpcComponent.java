package dev.caravan.kernel.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.component.grpc.GrpcComponent;
import org.apache.camel.component.grpc.GrpcConfiguration;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.PropertyBindingSupport;
import org.jspecify.annotations.Nullable;

/**
 * The {@code grpc:} scheme with camel-grpc's addresses and options, for unary calls, on servers and channels of our
 * own: camel-grpc answers every failure with INTERNAL and the exception's text, opens a channel for each endpoint and
 * closes the port when a route is reloaded.
 *
 * <p>A server belongs to its address for as long as the context runs; a route attaches to it and detaches. A call that
 * comes while the route is being replaced waits for it. Callers of one address share one channel.
 */
@Component("grpc")
public final class RouteGrpcComponent extends GrpcComponent {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration deadline;
    private final int threads;
    private final int maxCalls;
    private final Map<String, ServiceDoor> doors = new ConcurrentHashMap<>();
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();
    private @Nullable ExecutorService executor;

    /**
     * @param deadline of a call that no caller bounded
     * @param threads of this context's servers and channels together
     * @param maxCalls in progress on one server; a further one is refused with UNAVAILABLE
     */
    public RouteGrpcComponent(Duration deadline, int threads, int maxCalls) {
        this.deadline = deadline;
        this.threads = threads;
        this.maxCalls = maxCalls;
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

    Duration deadline() {
        return deadline;
    }

    /** Opens the port at the first call for an address. */
    ServiceDoor door(GrpcConfiguration configuration, String serviceClass) {
        String address = configuration.getHost() + ":" + configuration.getPort();
        return doors.computeIfAbsent(address, key -> {
            ServiceDescriptors descriptors =
                    new ServiceDescriptors(getCamelContext().getClassResolver());
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                            new InetSocketAddress(configuration.getHost(), configuration.getPort()))
                    .executor(executor())
                    .maxInboundMessageSize(configuration.getMaxMessageSize())
                    .maxInboundMetadataSize(configuration.getMaxInboundMetadataSize())
                    .permitKeepAliveTime(10, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true);
            return new ServiceDoor(builder, descriptors.of(serviceClass), maxCalls);
        });
    }

    ManagedChannel channel(GrpcConfiguration configuration) {
        String address = configuration.getHost() + ":" + configuration.getPort();
        return channels.computeIfAbsent(
                address, key -> NettyChannelBuilder.forAddress(configuration.getHost(), configuration.getPort())
                        .usePlaintext()
                        .executor(executor())
                        .maxInboundMessageSize(configuration.getMaxMessageSize())
                        .keepAliveTime(30, TimeUnit.SECONDS)
                        .build());
    }

    private synchronized ExecutorService executor() {
        if (executor == null) {
            executor = getCamelContext().getExecutorServiceManager().newFixedThreadPool(this, "grpc", threads);
        }
        return executor;
    }

    @Override
    protected void doStop() throws Exception {
        doors.values().forEach(door -> door.close(GRACE));
        doors.clear();
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
