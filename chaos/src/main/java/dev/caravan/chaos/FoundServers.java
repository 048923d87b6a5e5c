package dev.caravan.chaos;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.JedisPooled;

/**
 * Servers that were there before: RabbitMQ, PostgreSQL and Redis on this machine, where the environment names them
 * ({@code CHAOS_POSTGRESQL_URL}, {@code CHAOS_REDIS_URL}, {@code CHAOS_AMQP_URL}) or on their standard ports. Others use them
 * too, so they are never stopped: the way to them is closed. What a run makes there has names of its own and is removed.
 */
final class FoundServers extends Servers {

    private static final String POSTGRESQL = "postgresql://postgres:postgres@127.0.0.1:5432";
    private static final String REDIS = "redis://127.0.0.1:6379/9";
    private static final String AMQP = "amqp://guest:guest@127.0.0.1:5672/";
    private static final List<String> NAMES = List.of(
            "AMQP_EXCHANGE",
            "AMQP_ENCODE_QUEUE",
            "AMQP_CATALOG_QUEUE",
            "AMQP_CATALOG_EVENTS_QUEUE",
            "AMQP_DEAD_LETTER_QUEUE",
            "AMQP_UPLOAD_EVENTS_QUEUE",
            "AMQP_ENCODE_EVENTS_QUEUE");

    private final String run;

    /** @param run names what this run makes */
    FoundServers(Path folder, String run) {
        super(folder);
        this.run = run;
        connect();
    }

    /** Whether all three are there and let this user in. */
    static boolean areThere() {
        return listens(url("CHAOS_POSTGRESQL_URL", POSTGRESQL))
                && listens(url("CHAOS_REDIS_URL", REDIS))
                && listens(url("CHAOS_AMQP_URL", AMQP));
    }

    private static URI url(String variable, String usual) {
        return URI.create(System.getenv().getOrDefault(variable, usual));
    }

    private static boolean listens(URI server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    String describe() {
        return "found " + String.join(", ", versions());
    }

    private List<String> versions() {
        List<String> versions = new ArrayList<>();
        try (Connection connection = administration();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW server_version")) {
            rows.next();
            versions.add("PostgreSQL " + rows.getString(1));
            try (JedisPooled redis = new JedisPooled(redisUrl())) {
                versions.add("Redis "
                        + redis.info("server")
                                .lines()
                                .filter(line -> line.startsWith("redis_version:"))
                                .map(line -> line.substring("redis_version:".length()))
                                .findFirst()
                                .orElse("?"));
            }
            try (com.rabbitmq.client.Connection broker = broker().newConnection("chaos")) {
                versions.add(broker.getServerProperties().get("product") + " "
                        + broker.getServerProperties().get("version"));
            }
        } catch (Exception e) {
            throw new IllegalStateException("A server was found, but does not let us in: " + e, e);
        }
        return versions;
    }

    @Override
    URI postgresUrl() {
        return url("CHAOS_POSTGRESQL_URL", POSTGRESQL);
    }

    @Override
    String databasePrefix() {
        return "caravan_chaos_" + run + "_";
    }

    @Override
    URI redisUrl() {
        return url("CHAOS_REDIS_URL", REDIS);
    }

    @Override
    URI amqpUrl() {
        return url("CHAOS_AMQP_URL", AMQP);
    }

    @Override
    Map<String, String> amqpNames() {
        Map<String, String> names = new LinkedHashMap<>();
        NAMES.forEach(name -> names.put(name, "chaos-" + run + "-" + name.toLowerCase(java.util.Locale.ROOT)));
        return names;
    }

    @Override
    void stopPostgres() {
        postgres().refuse();
    }

    @Override
    void startPostgres() {
        postgres().heal();
    }

    @Override
    void stopRedis() {
        redis().refuse();
    }

    @Override
    void startRedis() {
        redis().heal();
    }

    @Override
    void pauseRedis(boolean paused) {
        redis().set(paused ? FaultProxy.Mode.HANG : FaultProxy.Mode.PASS);
    }

    @Override
    void stopBroker() {
        amqp().refuse();
    }

    @Override
    void startBroker() {
        amqp().heal();
    }

    private Connection administration() throws SQLException {
        String[] user = postgresUrl().getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgresUrl().getPort() + "/postgres", user[0], user[1]);
    }

    @Override
    public void close() {
        super.close();
        flushRedis();
        try (Connection connection = administration();
                Statement statement = connection.createStatement()) {
            for (String service : List.of("user", "authentication", "upload", "encode", "video_catalog")) {
                statement.execute("DROP DATABASE IF EXISTS \"" + databasePrefix() + service + "\" WITH (FORCE)");
            }
        } catch (SQLException e) {
            System.err.println("The databases " + databasePrefix() + "* could not be removed: " + e.getMessage());
        }
        try (com.rabbitmq.client.Connection broker = broker().newConnection("chaos");
                Channel channel = broker.createChannel()) {
            for (String name : amqpNames().values()) {
                channel.queueDelete(name);
                channel.exchangeDelete(name);
            }
        } catch (Exception e) {
            System.err.println("The queues chaos-" + run + "-* could not be removed: " + e.getMessage());
        }
    }
}
