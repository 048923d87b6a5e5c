package dev.caravan.apigateway.mesh;

import dev.caravan.apigateway.GatewayFilter;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Lists the instances of all services, gateways where their address is known: {@code service} and {@code address} of each. */
@Component
final class ListInstances implements Processor {

    private static final List<String> SERVICES =
            List.of("authentication", "user", "upload", "encode", "video-catalog", "cdn-edge", DrawMesh.GATEWAY);

    private final Environment environment;
    private final ServiceDiscovery discovery;

    ListInstances(Environment environment, ServiceDiscovery discovery) {
        this.environment = environment;
        this.discovery = discovery;
    }

    @Override
    public void process(Exchange exchange) {
        // At once, so that a name server that does not answer is waited for only once.
        exchange.getMessage()
                .setBody(SERVICES.parallelStream()
                        .flatMap(service -> instances(service).stream()
                                .map(address -> Map.of("service", service, "address", address)))
                        .toList());
    }

    private List<String> instances(String service) {
        String address = environment.getRequiredProperty(service + ".http-address");
        if (!service.equals(DrawMesh.GATEWAY)) {
            return discovery.instances(address);
        }
        return address.isEmpty()
                ? List.of()
                : discovery.instances(address).stream()
                        .map(gateway -> gateway + GatewayFilter.OF_INSTANCE)
                        .toList();
    }
}
