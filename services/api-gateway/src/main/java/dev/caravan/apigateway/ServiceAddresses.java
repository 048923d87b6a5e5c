package dev.caravan.apigateway;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.springframework.core.env.Environment;

/** Which service an answer came from, by the address that was asked. */
public final class ServiceAddresses {

    private final Map<String, String> serviceByAddress = new TreeMap<>();

    /** @param kind setting of a service that has its address, such as {@code address} or {@code http-address} */
    public ServiceAddresses(Environment environment, String kind, List<String> services) {
        for (String service : services) {
            serviceByAddress.put(environment.getRequiredProperty(service + "." + kind), service);
        }
    }

    /** The service, or the endpoint itself when it is none of them. */
    public String serviceOf(Exchange answer) {
        String endpoint = String.valueOf(answer.getProperty(Exchange.TO_ENDPOINT, String.class));
        return serviceByAddress.entrySet().stream()
                .filter(entry -> endpoint.contains("//" + entry.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(endpoint);
    }
}
