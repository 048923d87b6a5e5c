package dev.caravan.standalone;

import dev.caravan.embedded.FreePorts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of the services: the gateway's as asked for, every other one a free one.
 *
 * @param grpc by service
 * @param http by service
 */
record ServicePorts(Map<String, Integer> grpc, Map<String, Integer> http) {

    static ServicePorts pick(int gateway) {
        Map<String, Integer> grpc = new LinkedHashMap<>();
        Map<String, Integer> http = new LinkedHashMap<>();
        for (String service : ServiceContexts.SERVICES.keySet()) {
            switch (service) {
                case "api-gateway" -> http.put(service, gateway);
                case "cdn-edge" -> http.put(service, FreePorts.pick());
                default -> {
                    grpc.put(service, FreePorts.pick());
                    http.put(service, FreePorts.pick());
                }
            }
        }
        return new ServicePorts(grpc, http);
    }

    int http(String service) {
        Integer port = http.get(service);
        if (port == null) {
            throw new IllegalArgumentException("No service " + service);
        }
        return port;
    }
}
