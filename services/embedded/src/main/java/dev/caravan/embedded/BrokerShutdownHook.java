package dev.caravan.embedded;

import java.lang.reflect.Field;
import org.apache.qpid.server.model.Broker;

/**
 * The hook by which Qpid closes its broker when the virtual machine is told to end.
 *
 * <p>It would do so while the services still publish what they finish; whoever started the broker closes it in its turn.
 */
final class BrokerShutdownHook {
    private BrokerShutdownHook() {}

    /**
     * Takes the hook away.
     *
     * @throws ReflectiveOperationException when this version of Qpid keeps it elsewhere
     */
    static void remove(Broker<?> broker) throws ReflectiveOperationException {
        Class<?> type = broker.getClass();
        while (!type.getSimpleName().equals("BrokerImpl")) {
            type = type.getSuperclass();
            if (type == null) {
                throw new NoSuchFieldException("_shutdownHook");
            }
        }
        Field field = type.getDeclaredField("_shutdownHook");
        field.setAccessible(true);
        Runtime.getRuntime().removeShutdownHook((Thread) field.get(broker));
    }
}
