package dev.caravan.kernel.grpc;

/** Whether a service has what it needs to do its work, such as its database. */
@FunctionalInterface
public interface ServiceHealth {

    /** May take as long as a dependency takes not to answer. */
    boolean isHealthy();
}
