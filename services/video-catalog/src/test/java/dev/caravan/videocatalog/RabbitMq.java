package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A virtual host of the test's own on the machine's RabbitMQ, made of config/rabbitmq/definitions.json. */
final class RabbitMq implements AutoCloseable {

    static final int PORT = 5672;
    private static final String USER = "guest";

    private final String virtualHost = "caravan-test-" + UUID.randomUUID();

    /** Why there can be none here; empty when there can. */
    static String obstacle() {
        ConnectionFactory factory = factory("/");
        try {
            run("rabbitmqctl", "--quiet", "version");
            factory.newConnection("caravan-test").close();
            return "";
        } catch (Exception | AssertionError e) {
            return "no RabbitMQ on 127.0.0.1:" + PORT + " that rabbitmqctl and guest may use: " + e.getMessage();
        }
    }

    RabbitMq() throws Exception {
        Path definitions = Path.of(System.getProperty("caravan.root"), "config/rabbitmq/definitions.json");
        String own = Files.readString(definitions)
                .replace("\"vhost\": \"/\"", "\"vhost\": \"" + virtualHost + "\"")
                .replace("\"name\": \"/\"", "\"name\": \"" + virtualHost + "\"");
        assertThat(own).doesNotContain("\"/\"");
        // The broker's own user reads it.
        Path file = Files.createTempFile("caravan-definitions", ".json");
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            Files.writeString(file, own);
            run("rabbitmqctl", "--quiet", "import_definitions", file.toString());
            run("rabbitmqctl", "--quiet", "set_permissions", "-p", virtualHost, USER, ".*", ".*", ".*");
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        } finally {
            Files.delete(file);
        }
    }

    String virtualHost() {
        return virtualHost;
    }

    ConnectionFactory factory() {
        return factory(virtualHost);
    }

    /** Name, type and policy of each queue. */
    List<String> queues() throws Exception {
        return run(
                        "rabbitmqctl",
                        "--silent",
                        "-p",
                        virtualHost,
                        "list_queues",
                        "name",
                        "type",
                        "policy",
                        "--no-table-headers")
                .lines()
                .map(line -> line.replace('\t', ' ').strip())
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public void close() throws Exception {
        run("rabbitmqctl", "--quiet", "delete_vhost", virtualHost);
    }

    private static ConnectionFactory factory(String virtualHost) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(PORT);
        factory.setUsername(USER);
        factory.setPassword(USER);
        factory.setVirtualHost(virtualHost);
        return factory;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
