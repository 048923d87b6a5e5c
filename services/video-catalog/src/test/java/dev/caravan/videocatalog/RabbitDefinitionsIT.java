package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP;
import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.CaravanService;
import dev.caravan.proto.videocatalog.DeadLetter;
import dev.caravan.proto.videocatalog.ReplayDeadLetterRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The second line, on a real RabbitMQ where there is one on the machine: what config/rabbitmq/definitions.json makes of
 * queues that clients declare without arguments, and that what its policies put aside lands in the inbox.
 */
class RabbitDefinitionsIT extends CatalogTestBase {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int DELIVERY_LIMIT = 20;

    private static RabbitMq rabbit;
    private static Publisher others;
    private static ConfigurableApplicationContext service;
    private static int port;

    @BeforeAll
    static void startOnRabbitMq() throws Exception {
        String obstacle = RabbitMq.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
        rabbit = new RabbitMq();
        others = new Publisher(rabbit.factory());
        port = FreePorts.pick();
        service = CaravanService.builder(VideoCatalogApplication.class, "video-catalog")
                .run(arguments());
    }

    @AfterAll
    static void leaveNothingBehind() throws Exception {
        if (service != null) {
            service.close();
        }
        if (others != null) {
            others.close();
        }
        if (rabbit != null) {
            rabbit.close();
        }
    }

    @BeforeEach
    void callTheServiceOnRabbitMq() {
        call(port);
    }

    @Test
    void makesQuorumQueuesOfWhatClientsDeclareWithoutArguments() throws Exception {
        // A mismatch would close the channel.
        others.declareAsOthersDo();
        others.declare("QueueOfAnother");
        Messages messages = Messages.about(newUser(), "On RabbitMQ");
        others.publish("EncodeUploadedVideo", messages.uploaded());
        assertThat(others.take("EncodeService").getBody()).isNotEmpty();
        others.sendTo(Publisher.COMPLETED_QUEUE, messages.completedByOthers());

        await().atMost(LIMIT).until(() -> state(messages).equals("ready"));
        assertThat(rabbit.queues())
                .contains(
                        "DeadLetters quorum caravan-dead-letters",
                        "EncodeEvents quorum caravan-work",
                        "EncodeService quorum caravan-work",
                        "QueueOfAnother quorum",
                        "UploadEvents quorum caravan-work",
                        "WebhookDeliveries quorum caravan-work",
                        "VideoCatalogEvents quorum caravan-work",
                        "VideoCatalogService quorum caravan-work");
    }

    @Test
    void hasWhatAConsumerRejectsInTheInboxAndReplaysIt() throws Exception {
        String body = Messages.about(newUser(), "Rejected").uploaded();
        others.publish("EncodeUploadedVideo", body);
        others.refuse("EncodeService", false);

        DeadLetter letter = awaitLetter("EncodeService", "REJECTED");

        assertThat(letter.getService()).isEqualTo("broker");
        assertThat(letter.getBody()).isEqualTo(body);
        assertThat(letter.getHeaders()).contains("x-death", "\"reason\": \"rejected\"", "\"queue\": \"EncodeService\"");
        admin().replayDeadLetter(ReplayDeadLetterRequest.newBuilder()
                .setId(letter.getId())
                .build());
        assertThat(others.take("EncodeService").getBody()).asString(UTF_8).isEqualTo(body);
        await().atMost(LIMIT).until(() -> letter(letter.getId()).getState().equals("replayed"));
    }

    @Test
    void hasWhatIsDeliveredInVainTooOftenInTheInbox() throws Exception {
        byte[] poison = {0, 1, (byte) 0xff};
        others.sendTo("EncodeService", poison, "application/octet-stream");
        for (int delivery = 0; delivery <= DELIVERY_LIMIT; delivery++) {
            others.refuse("EncodeService", true);
        }

        DeadLetter letter = awaitLetter("EncodeService", "DELIVERY_LIMIT");

        assertThat(letter.getService()).isEqualTo("broker");
        assertThat(letter.getBodyEncoding()).isEqualTo("base64");
    }

    /** RabbitMQ confirms what no queue takes, after it has returned it. */
    @Test
    void doesNotTakeAReturnedReplayForASentOne() throws Exception {
        others.declare("SoonGone");
        others.putAside(
                new byte[] {1},
                new AMQP.BasicProperties.Builder()
                        .headers(Map.of("x-origin-queue", "SoonGone"))
                        .build());
        long id = awaitLetter("SoonGone", "UNKNOWN").getId();
        others.delete("SoonGone");

        admin().replayDeadLetter(ReplayDeadLetterRequest.newBuilder().setId(id).build());

        await().atMost(LIMIT).until(() -> letter(id).getError().contains("NO_ROUTE"));
        assertThat(letter(id).getState()).isEqualTo("open");
    }

    private DeadLetter awaitLetter(String queue, String reason) {
        await().atMost(LIMIT).until(() -> find(queue, reason).isPresent());
        return letter(find(queue, reason).orElseThrow().getId());
    }

    private Optional<DeadLetter> find(String queue, String reason) {
        return letters("open").stream()
                .filter(letter -> letter.getQueue().equals(queue))
                .filter(letter -> letter.getReason().equals(reason))
                .findFirst();
    }

    private static String[] arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--video-catalog.port=" + port,
                "--spring.rabbitmq.port=" + RabbitMq.PORT,
                "--spring.rabbitmq.username=guest",
                "--spring.rabbitmq.password=guest",
                "--spring.rabbitmq.virtual-host=" + rabbit.virtualHost(),
                "--s3.endpoint=http://127.0.0.1:" + FreePorts.pick(),
                "--s3.access-key=none",
                "--s3.secret-key=none",
                "--cdn.private-key=" + Servers.KEY.write(Path.of("target", "rabbit-key.pem"))));
        Servers.newDatabase().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments.toArray(String[]::new);
    }
}
