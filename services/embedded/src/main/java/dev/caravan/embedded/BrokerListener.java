package dev.caravan.embedded;

import java.lang.reflect.Field;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/** Sees a broker start: which port it got, or why it did not come up. */
final class BrokerListener implements SystemLauncherListener {
    private @Nullable SystemConfig<?> system;
    private @Nullable RuntimeException failure;

    /**
     * Returns the port of the started broker, which no longer closes itself when the virtual machine is told to end.
     *
     * @throws RuntimeException what prevented the start
     * @throws ReflectiveOperationException when this version of Qpid keeps its shutdown hook elsewhere
     */
    int startedPort() throws ReflectiveOperationException {
        if (failure != null) {
            throw failure;
        }
        if (system == null) {
            throw new IllegalStateException("the broker did not come up");
        }
        Broker<?> broker = (Broker<?>) system.getContainer();
        removeShutdownHook(broker);
        return broker.getChildren(Port.class).iterator().next().getBoundPort();
    }

    /** The hook would close the broker while the services still publish what they finish. */
    private static void removeShutdownHook(Broker<?> broker) throws ReflectiveOperationException {
        Class<?> type = broker.getClass();
        while (!type.getSimpleName().equals("BrokerImpl")) {
            type = type.getSuperclass();
            if (type == null) {
                throw new NoSuchFieldException("BrokerImpl._shutdownHook");
            }
        }
        Field hook = type.getDeclaredField("_shutdownHook");
        hook.setAccessible(true);
        Runtime.getRuntime().removeShutdownHook((Thread) hook.get(broker));
    }

    @Override
    public void onContainerResolve(SystemConfig<?> config) {
        system = config;
    }

    @Override
    public void errorOnStartup(RuntimeException e) {
        failure = e;
    }

    @Override
    public void beforeStartup() {}

    @Override
    public void afterStartup() {}

    @Override
    public void onContainerClose(SystemConfig<?> config) {}

    @Override
    public void onShutdown(int exitCode) {}

    @Override
    public void exceptionOnShutdown(Exception e) {}
}
