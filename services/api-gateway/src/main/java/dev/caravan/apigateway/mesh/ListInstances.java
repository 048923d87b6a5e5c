package dev.caravan.apigateway.mesh;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Lists the instances of all services but the gateway: {@code service} and {@code address} of each. */
@Component
final class ListInstances implements Processor {

    private static final List<String> SERVICES =
            List.of("authentication", "user", "upload", "encode", "video-catalog", "cdn-edge");

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
                        .flatMap(service ->
                                discovery.instances(environment.getRequiredProperty(service + ".http-address")).stream()
                                        .map(address -> Map.of("service", service, "address", address)))
                        .toList());
    }
}
