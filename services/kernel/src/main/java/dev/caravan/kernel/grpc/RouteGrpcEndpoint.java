package dev.caravan.kernel.grpc;

import io.grpc.ServiceDescriptor;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.grpc.GrpcConfiguration;
import org.apache.camel.component.grpc.GrpcEndpoint;

/** {@code grpc:host:port/java.class.of.TheService?method=name}; a consumer takes every method of its service. */
final class RouteGrpcEndpoint extends GrpcEndpoint {

    private final RouteGrpcComponent component;

    RouteGrpcEndpoint(String uri, RouteGrpcComponent component, GrpcConfiguration configuration) {
        super(uri, component, configuration);
        this.component = component;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        RouteGrpcConsumer consumer = new RouteGrpcConsumer(
                this,
                processor,
                () -> component.server(getConfiguration(), getConfiguration().getService()));
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        ServiceDescriptor service = new ServiceDescriptors(getCamelContext().getClassResolver())
                .of(getConfiguration().getService());
        return new RouteGrpcProducer(
                this,
                component.serviceChannel(getConfiguration(), service),
                ServiceDescriptors.method(service, getConfiguration().getMethod()),
                getConfiguration().getMaxMessageSize(),
                component);
    }
}
