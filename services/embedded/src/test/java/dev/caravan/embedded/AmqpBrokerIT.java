package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmqpBrokerIT {
    @TempDir
    Path folder;

    @Test
    void keepsAPersistentMessageOverARestart() throws Exception {
        try (AmqpBroker broker = AmqpBroker.start(folder, 0);
                AmqpClient client = new AmqpClient(broker)) {
            client.channel.queueDeclare("EncodeService", true, false, false, null);
            client.channel.exchangeDeclare("video", "topic", true);
            client.channel.queueBind("EncodeService", "video", "EncodeUploadedVideo");

            assertThat(client.publish("video", "EncodeUploadedVideo", true, "one"))
                    .isTrue();
            assertThat(client.publish("", "EncodeService", true, "two")).isTrue();
        }
        try (AmqpBroker broker = AmqpBroker.start(folder, 0);
                AmqpClient client = new AmqpClient(broker)) {
            assertThat(client.take("EncodeService")).isEqualTo("one");
            assertThat(client.take("EncodeService")).isEqualTo("two");
            assertThat(client.publish("video", "EncodeUploadedVideo", true, "three"))
                    .isTrue();
            assertThat(client.take("EncodeService")).isEqualTo("three");
        }
    }

    @Test
    void tellsThatAMandatoryMessageReachedNoQueue() throws Exception {
        try (AmqpBroker broker = AmqpBroker.start(folder, 0);
                AmqpClient client = new AmqpClient(broker)) {
            List<String> returned = new CopyOnWriteArrayList<>();
            client.channel.addReturnListener(
                    (code, text, exchange, key, properties, body) -> returned.add(code + " " + key));
            client.channel.exchangeDeclare("video", "topic", true);

            boolean confirmed = client.publish("video", "Nobody", true, "lost");

            // RabbitMQ confirms and returns, this broker refuses and may return: either tells.
            assertThat(!confirmed || returned.contains("312 Nobody")).isTrue();
            assertThat(client.publish("video", "Nobody", false, "lost")).isTrue();
        }
    }

    @Test
    void ignoresQueueArgumentsThatItDoesNotKnow() throws Exception {
        try (AmqpBroker broker = AmqpBroker.start(folder, 0);
                AmqpClient client = new AmqpClient(broker)) {
            client.channel.queueDeclare("typed", true, false, false, Map.of("x-queue-type", "quorum"));

            assertThat(client.publish("", "typed", true, "message")).isTrue();
        }
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        try (AmqpBroker broker = AmqpBroker.start(folder, 0)) {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setPort(broker.port());

            assertThatThrownBy(factory::newConnection).isInstanceOf(PossibleAuthenticationFailureException.class);
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (AmqpBroker broker = AmqpBroker.start(folder, 0);
                AmqpClient client = new AmqpClient(broker)) {
            client.channel.queueDeclare("queue", true, false, false, null);
            assertThat(newThreads(before)).isNotEmpty();
        }
        await().untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
    }

    private static Set<String> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.isDaemon())
                // Which is the one that looks.
                .filter(thread -> !thread.getName().startsWith("awaitility"))
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }
}
