package dev.caravan.embedded;

import java.io.IOException;
import java.nio.file.Path;
import redis.clients.jedis.JedisPooled;

/** A virtual machine that starts servers, stores something in each, says so, and waits to be killed. */
final class DoomedMachine {
    static final String READY = "ready";

    private DoomedMachine() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"), 0);
        PostgresServerIT.query(postgres, "postgres", "CREATE TABLE t AS SELECT 'row' AS name");
        RedisServer redis = RedisServer.start(folder.resolve("redis"), 0);
        try (JedisPooled client = new JedisPooled(redis.url())) {
            client.set("key", "value");
        }
        AmqpBroker broker = AmqpBroker.start(folder.resolve("amqp"), 0);
        try (AmqpClient client = new AmqpClient(broker)) {
            client.channel.queueDeclare("queue", true, false, false, null);
            if (!client.publish("", "queue", true, "message")) {
                throw new IOException("the message was not confirmed");
            }
        }
        System.out.println(READY);
        // Ends by itself when whoever started it is gone.
        int end = System.in.read();
        Runtime.getRuntime().halt(end == -1 ? 0 : 1);
    }
}
