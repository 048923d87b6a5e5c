package dev.caravan.kernel.mesh;

import java.util.List;

/** What a service has the message broker put into which queue. */
@FunctionalInterface
public interface Bindings {

    List<ServiceMap.Binding> all();
}
