package dev.caravan.standalone;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The ports of the services: the gateway's as asked for, every other one as the environment names it
 * ({@code USER_PORT}, {@code USER_HTTP_PORT}) or a free one.
 *
 * @param grpc by service
 * @param http by service; where the others reach it, which is not where viewers reach the edge
 * @param edge where viewers reach the edge
 */
record ServicePorts(Map<String, Integer> grpc, Map<String, Integer> http, int edge) {

    /** @param here the services of this process, whose ports have to be free */
    static ServicePorts pick(int gateway, Ports ports, Set<String> here) {
        Map<String, Integer> grpc = new LinkedHashMap<>();
        Map<String, Integer> http = new LinkedHashMap<>();
        for (String service : ServiceContexts.SERVICES.keySet()) {
            switch (service) {
                case "api-gateway" -> http.put(service, gateway);
                case "cdn-edge" -> http.put(service, ports.of("CDN_EDGE_MANAGEMENT_PORT", here.contains(service)));
                default -> {
                    String name = service.toUpperCase(Locale.ROOT).replace('-', '_');
                    grpc.put(service, ports.of(name + "_PORT", here.contains(service)));
                    http.put(service, ports.of(name + "_HTTP_PORT", here.contains(service)));
                }
            }
        }
        http.put(Connectors.NAME, ports.of("CONNECTORS_HTTP_PORT", here.contains("upload")));
        return new ServicePorts(grpc, http, ports.of("CDN_EDGE_HTTP_PORT", here.contains("cdn-edge")));
    }

    int http(String service) {
        Integer port = http.get(service);
        if (port == null) {
            throw new IllegalArgumentException("No service " + service);
        }
        return port;
    }
}
