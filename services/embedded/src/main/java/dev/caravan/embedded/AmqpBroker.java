package dev.caravan.embedded;

import com.sleepycat.je.DiskLimitException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;

/**
 * An AMQP 0-9-1 broker (Apache Qpid Broker-J in this virtual machine) whose durable queues and persistent messages survive
 * a restart.
 *
 * <p>It stands in for RabbitMQ as far as Caravan uses it: durable queues, topic exchanges, confirms, mandatory, prefetch.
 * Dead-lettering, time-to-live and length limits have no effect here, unknown queue arguments are ignored, and a rejected
 * message comes back at once for ever: always acknowledge.
 */
public final class AmqpBroker implements AutoCloseable {
    private static final String USERNAME = "caravan";
    private static final String CONFIGURATION = location("broker.json");
    private static final String PROPERTIES = location("broker.properties");
    private static final long MIN_FREE_BYTES = 32 << 20;

    private final FolderLock lock;
    private final SystemLauncher launcher;
    private final int port;
    private final String password;

    private AmqpBroker(FolderLock lock, SystemLauncher launcher, int port, String password) {
        this.lock = lock;
        this.launcher = launcher;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts a broker and returns when clients can connect.
     *
     * @param folder where its data is, or will be
     * @param port the port on 127.0.0.1; 0 picks a free one
     * @throws EmbeddedServerException when it can't serve
     */
    public static AmqpBroker start(Path folder, int port) {
        Path home = folder.toAbsolutePath().normalize();
        FolderLock lock = FolderLock.take(home, "AMQP broker", FolderLock.OWNER);
        try {
            Ports.requireFree(port);
            String password = Secret.in(home.resolve("password"));
            BrokerListener listener = new BrokerListener();
            SystemLauncher launcher = new SystemLauncher(listener);
            try {
                launcher.startup(attributes(home, port, password));
                return new AmqpBroker(lock, launcher, listener.startedPort(), password);
            } catch (Exception | LinkageError e) {
                // Its threads would keep the virtual machine alive.
                launcher.shutdown();
                throw new EmbeddedServerException(
                        "The AMQP broker in " + home + " could not be started: " + reason(e), e);
            }
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Map<String, Object> attributes(Path home, int port, String password) {
        Map<String, String> context = Map.of(
                "qpid.work_dir", home.toString(),
                "caravan.min-free-bytes", Long.toString(MIN_FREE_BYTES),
                "caravan.username", USERNAME,
                "caravan.password", password,
                "caravan.port", Integer.toString(port),
                "caravan.data", home.resolve("data").toString());
        return Map.of(
                SystemConfig.TYPE,
                "Memory",
                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                CONFIGURATION,
                SystemConfig.INITIAL_SYSTEM_PROPERTIES_LOCATION,
                PROPERTIES,
                SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                false,
                SystemConfig.CONTEXT,
                context);
    }

    private static String location(String resource) {
        URL url = AmqpBroker.class.getResource(resource);
        return Objects.requireNonNull(url, resource).toString();
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof DiskLimitException
                ? "its disk has less than " + (MIN_FREE_BYTES >> 20) + " MiB free."
                : root.toString();
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Returns the name of the only user. */
    public String username() {
        return USERNAME;
    }

    /** Returns that user's password, made when the folder was new. */
    public String password() {
        return password;
    }

    /** Returns the virtual host for clients: RabbitMQ's default. */
    public String virtualHost() {
        return "/";
    }

    /** Closes all connections and ends the broker's threads; persistent messages stay in the folder. */
    @Override
    public void close() {
        try {
            launcher.shutdown();
        } finally {
            lock.close();
        }
    }
}
