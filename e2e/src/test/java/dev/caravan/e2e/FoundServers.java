package dev.caravan.e2e;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Real PostgreSQL, Redis and RabbitMQ: where {@code REAL_POSTGRESQL_URL}, {@code REAL_REDIS_URL} and {@code REAL_AMQP_URL} say,
 * or on their standard ports. Others may use them, so all that is made there has names of this run and is removed: databases, a
 * virtual host with the definitions of a deployment, a numbered database of Redis.
 */
final class FoundServers implements AutoCloseable {

    private static final List<String> DATABASES =
            List.of("user", "authentication", "upload", "encode", "video-catalog");

    private final URI postgres = url("REAL_POSTGRESQL_URL", "postgresql://postgres:postgres@127.0.0.1:5432");
    private final URI redis = url("REAL_REDIS_URL", "redis://127.0.0.1:6379/8");
    private final URI amqp = url("REAL_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672");
    private final String run = Long.toString(ProcessHandle.current().pid(), 36);

    FoundServers() throws Exception {
        try (Connection connection = administration();
                Statement statement = connection.createStatement()) {
            for (String service : DATABASES) {
                statement.execute("CREATE DATABASE \"" + database(service) + "\"");
            }
        } catch (SQLException e) {
            throw new AssertionError("No PostgreSQL lets us in at " + postgres + " (REAL_POSTGRESQL_URL)", e);
        }
        tellRedis("FLUSHDB");
        String definitions = Files.readString(PlatformProcess.ROOT.resolve("config/rabbitmq/definitions.json"));
        rabbitmqctl(definitions.replace("\"/\"", "\"" + virtualHost() + "\""), "import_definitions");
        rabbitmqctl("", "set_permissions", "-p", virtualHost(), user(amqp)[0], ".*", ".*", ".*");
    }

    private static URI url(String variable, String usual) {
        return URI.create(System.getenv().getOrDefault(variable, usual));
    }

    private static String[] user(URI server) {
        return server.getUserInfo().split(":", 2);
    }

    private String database(String service) {
        return "caravan_e2e_" + run + "_" + service.replace('-', '_');
    }

    String virtualHost() {
        return "caravan-e2e-" + run;
    }

    /** What a service is told of them. */
    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://" + postgres.getHost() + ":" + postgres.getPort() + "/" + database(service));
        environment.put("SPRING_DATASOURCE_USERNAME", user(postgres)[0]);
        environment.put("SPRING_DATASOURCE_PASSWORD", user(postgres)[1]);
        environment.put("REDIS_URL", redis.toString());
        environment.put("SPRING_RABBITMQ_HOST", amqp.getHost());
        environment.put("SPRING_RABBITMQ_PORT", String.valueOf(amqp.getPort()));
        environment.put("SPRING_RABBITMQ_USERNAME", user(amqp)[0]);
        environment.put("SPRING_RABBITMQ_PASSWORD", user(amqp)[1]);
        environment.put("SPRING_RABBITMQ_VIRTUAL_HOST", virtualHost());
        return environment;
    }

    /** As a program of somebody else speaks to the broker. */
    ConnectionFactory broker() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(amqp.getHost());
        factory.setPort(amqp.getPort());
        factory.setUsername(user(amqp)[0]);
        factory.setPassword(user(amqp)[1]);
        factory.setVirtualHost(virtualHost());
        return factory;
    }

    private Connection administration() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + postgres.getHost() + ":" + postgres.getPort() + "/postgres",
                user(postgres)[0],
                user(postgres)[1]);
    }

    private void tellRedis(String command) throws IOException {
        String database = redis.getPath().replace("/", "");
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            String password = redis.getUserInfo() == null ? "" : "AUTH " + user(redis)[1] + "\r\n";
            socket.getOutputStream()
                    .write((password + "SELECT " + (database.isEmpty() ? "0" : database) + "\r\n" + command
                                    + "\r\nQUIT\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String said;
            try (InputStream answer = socket.getInputStream()) {
                said = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
            }
            if (said.contains("-")) {
                throw new AssertionError("Redis at " + redis + " (REAL_REDIS_URL) says " + said);
            }
        } catch (IOException e) {
            throw new AssertionError("No Redis answers at " + redis + " (REAL_REDIS_URL)", e);
        }
    }

    /** {@code RABBITMQCTL} may name another command, such as {@code docker exec -i rabbitmq rabbitmqctl}. */
    static String rabbitmqctl(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getenv().getOrDefault("RABBITMQCTL", "rabbitmqctl").split(" ")));
        command.add("-q");
        command.addAll(Arrays.asList(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " (RABBITMQCTL): " + said);
            }
            return said;
        } catch (IOException e) {
            throw new AssertionError(command + " (RABBITMQCTL) can't be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        try (Connection connection = administration();
                Statement statement = connection.createStatement()) {
            for (String service : DATABASES) {
                statement.execute("DROP DATABASE IF EXISTS \"" + database(service) + "\" WITH (FORCE)");
            }
        }
        tellRedis("FLUSHDB");
        rabbitmqctl("", "delete_vhost", virtualHost());
    }
}
