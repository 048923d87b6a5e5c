package dev.caravan.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.BrokerModel;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

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
    private static final String NODE = "caravan";

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
        FolderLock lock = FolderLock.take(home, "AMQP broker");
        try {
            if (port != 0 && !FreePorts.isFree(port)) {
                throw new EmbeddedServerException("Port " + port + " on 127.0.0.1 is taken by another program.");
            }
            String password = Secret.in(home.resolve("password"));
            Path configuration = configure(home, port, password);
            Listener listener = new Listener();
            SystemLauncher launcher = new SystemLauncher(listener);
            try {
                launcher.startup(Map.of(
                        SystemConfig.TYPE,
                        "Memory",
                        SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                        configuration.toString(),
                        SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                        false,
                        SystemConfig.CONTEXT,
                        Map.of("qpid.work_dir", home.toString())));
                BrokerShutdownHook.remove(listener.broker());
                return new AmqpBroker(lock, launcher, listener.boundPort(), password);
            } catch (Exception | LinkageError e) {
                // Its threads would keep the virtual machine alive.
                launcher.shutdown();
                throw new EmbeddedServerException("The AMQP broker in " + home + " could not be started: " + e, e);
            }
        } catch (IOException e) {
            lock.close();
            throw new EmbeddedServerException("The folder " + home + " can't be used for the AMQP broker: " + e, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
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
        launcher.shutdown();
        lock.close();
    }

    private static Path configure(Path home, int port, String password) throws IOException {
        Map<String, Object> user = Map.of("name", USERNAME, "type", "managed", "password", password);
        Map<String, Object> authentication =
                Map.of("name", "passwords", "type", "Plain", "secureOnlyMechanisms", List.of(), "users", List.of(user));
        Map<String, Object> amqp = Map.of(
                "name",
                "AMQP",
                "type",
                "AMQP",
                "port",
                port,
                "bindingAddress",
                FreePorts.LOOPBACK,
                "protocols",
                List.of("AMQP_0_9_1"),
                "authenticationProvider",
                "passwords",
                "virtualhostaliases",
                List.of(
                        Map.of("name", "nameAlias", "type", "nameAlias"),
                        Map.of("name", "defaultAlias", "type", "defaultAlias")));
        Map<String, Object> node = Map.of(
                "name",
                NODE,
                "type",
                "BDB",
                "defaultVirtualHostNode",
                true,
                "storePath",
                home.resolve("data").toString(),
                "virtualHostInitialConfiguration",
                "{\"type\": \"ProvidedStore\"}");
        Map<String, Object> broker = new HashMap<>();
        broker.put("name", "Caravan");
        broker.put("modelVersion", BrokerModel.MODEL_VERSION);
        broker.put(
                "context",
                Map.of(
                        "queue.behaviourOnUnknownDeclareArgument", "IGNORE",
                        "broker.failStartupWithErroredChild", "true",
                        // Publishers would be blocked, without a word, on a disk that is fuller.
                        "store.filesystem.maxUsagePercent", "100",
                        // By default 72 threads wait for connections; a platform has about ten.
                        "virtualhost.connectionThreadPool.size", "8",
                        "virtualhost.connectionThreadPool.numberOfSelectors", "1",
                        "qpid.port.amqp.threadPool.size", "2",
                        "qpid.port.amqp.threadPool.numberOfSelectors", "1"));
        broker.put("authenticationproviders", List.of(authentication));
        broker.put("ports", List.of(amqp));
        broker.put("virtualhostnodes", List.of(node));
        Path file = home.resolve("broker.json");
        Secret.write(file, new JsonMapper().writeValueAsString(broker));
        return file;
    }

    /** Learns which port the broker got, and keeps its failure. */
    private static final class Listener implements SystemLauncherListener {
        private @Nullable SystemConfig<?> system;
        private @Nullable RuntimeException failure;

        @Override
        public void beforeStartup() {}

        @Override
        public void errorOnStartup(RuntimeException e) {
            failure = e;
        }

        @Override
        public void afterStartup() {}

        @Override
        public void onContainerResolve(SystemConfig<?> config) {
            system = config;
        }

        @Override
        public void onContainerClose(SystemConfig<?> config) {}

        @Override
        public void onShutdown(int exitCode) {}

        @Override
        public void exceptionOnShutdown(Exception e) {}

        Broker<?> broker() {
            if (failure != null) {
                throw failure;
            }
            if (system == null) {
                throw new IllegalStateException("the broker did not come up");
            }
            return (Broker<?>) system.getContainer();
        }

        int boundPort() {
            return broker().getChildren(Port.class).iterator().next().getBoundPort();
        }
    }
}
