package dev.caravan.apigateway.mesh;

import java.util.List;

/** Finds the instances of a service. */
@FunctionalInterface
public interface ServiceDiscovery {

    /**
     * The address of each instance, {@code host:port}.
     *
     * @param address of the service by the configuration
     */
    List<String> instances(String address);
}
