package dev.caravan.apigateway;

import io.grpc.health.v1.HealthCheckResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Service name to whether it serves, from the answers to health checks at the configured addresses. */
@Component
final class CollectHealth implements AggregationStrategy {

    private static final List<String> SERVICES = List.of("user", "authentication", "upload", "video-catalog", "encode");

    private final ServiceAddresses addresses;

    CollectHealth(Environment environment) {
        addresses = new ServiceAddresses(environment, SERVICES);
    }

    @Override
    @SuppressWarnings("unchecked") // the body is what the first answer left
    public Exchange aggregate(@Nullable Exchange before, Exchange answer) {
        Exchange collected = before;
        if (collected == null) {
            collected = new DefaultExchange(answer.getContext());
            collected.getMessage().setBody(new TreeMap<String, Boolean>());
        }
        Map<String, Boolean> services = collected.getMessage().getBody(Map.class);
        services.put(addresses.serviceOf(answer), isServing(answer));
        return collected;
    }

    private static boolean isServing(Exchange answer) {
        return answer.getException() == null
                && answer.getMessage().getBody() instanceof HealthCheckResponse response
                && response.getStatus() == HealthCheckResponse.ServingStatus.SERVING;
    }
}
