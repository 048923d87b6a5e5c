package dev.caravan.standalone;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The ports of the services: the gateway's as asked for, every other one as the environment names it
 * ({@code USER_PORT}, {@code USER_HTTP_PORT}) or a free one.
 *
 * @param grpc by service
 * @param http by service
 */
record ServicePorts(Map<String, Integer> grpc, Map<String, Integer> http) {

    static ServicePorts pick(int gateway, Ports ports) {
        Map<String, Integer> grpc = new LinkedHashMap<>();
        Map<String, Integer> http = new LinkedHashMap<>();
        for (String service : ServiceContexts.SERVICES.keySet()) {
            switch (service) {
                case "api-gateway" -> http.put(service, gateway);
                case "cdn-edge" -> http.put(service, ports.namedOrFree("CDN_EDGE_HTTP_PORT"));
                default -> {
                    String name = service.toUpperCase(Locale.ROOT).replace('-', '_');
                    grpc.put(service, ports.namedOrFree(name + "_PORT"));
                    http.put(service, ports.namedOrFree(name + "_HTTP_PORT"));
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
