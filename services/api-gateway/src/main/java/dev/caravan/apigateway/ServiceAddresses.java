package dev.caravan.apigateway;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.springframework.core.env.Environment;

/** Which service an answer came from, by the address that was asked. */
final class ServiceAddresses {

    private final Map<String, String> serviceByAddress = new TreeMap<>();

    ServiceAddresses(Environment environment, List<String> services) {
        for (String service : services) {
            serviceByAddress.put(environment.getRequiredProperty(service + ".address"), service);
        }
    }

    /** The service, or the endpoint itself when it is none of them. */
    String serviceOf(Exchange answer) {
        String endpoint = String.valueOf(answer.getProperty(Exchange.TO_ENDPOINT, String.class));
        return serviceByAddress.entrySet().stream()
                .filter(entry -> endpoint.contains("//" + entry.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(endpoint);
    }
}
