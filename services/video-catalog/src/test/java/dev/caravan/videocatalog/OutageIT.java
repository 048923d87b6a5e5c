package dev.caravan.videocatalog;

import static dev.caravan.videocatalog.Publisher.EVENTS_QUEUE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.CaravanService;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.ReplayDeadLetterRequest;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * PostgreSQL goes and comes; video-catalog-record-event and video-catalog-keep-dead-letter wait for it. The broker goes
 * and comes; outbox-relay waits for it.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutageIT extends CatalogTestBase {

    private static final Duration RECOVERY = Duration.ofMinutes(2);

    @BeforeEach
    void forgetFormerLetters() {
        forgetLetters();
    }

    @Test
    void keepsEventsUntilTheDatabaseIsBack(CapturedOutput output) throws Exception {
        Messages messages = Messages.about(newUser(), "During an outage");
        Messages malformed = Messages.about(newUser(), "Malformed meanwhile");
        publisher.publish("EncodeUploadedVideo", messages.uploaded());
        await().until(() -> state(messages).equals("uploaded"));

        Servers.stopPostgres();
        Fault fault;
        try {
            publisher.publish("VideoEncodingProgressed", messages.progressed(50));
            publisher.publish("VideoEncodingCompleted", messages.completed());
            publisher.sendTo(Publisher.COMPLETED_QUEUE, "malformed " + malformed.videoId());
            fault = fault(() -> mine(messages.userId()));
            await().until(() -> output.getAll().contains("On delivery attempt: 1"));
            publisher.putAside("put aside".getBytes(UTF_8), new AMQP.BasicProperties());
        } finally {
            Servers.startPostgresAgain();
        }

        assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fault.reason()).isEqualTo("DEPENDENCY_DOWN");
        assertThat(fault.getMessage()).doesNotContainIgnoringCase("jdbc").doesNotContain("127.0.0.1");
        await().atMost(RECOVERY).ignoreException(StatusRuntimeException.class).until(() -> state(messages)
                .equals("ready"));
        await().atMost(RECOVERY).until(() -> letters("open").size() == 2);
        assertThat(letters("open"))
                .extracting(letter -> letter(letter.getId()).getBody())
                .containsExactlyInAnyOrder("malformed " + malformed.videoId(), "put aside");
    }

    @Test
    void startsWithoutItsServersAndServesOnceTheyAreThere() throws Exception {
        // From files, as in development.
        String routes = "--caravan.routes=file:" + Path.of(System.getProperty("caravan.root"), "routes");
        int port = FreePorts.pick();
        int brokerPort = FreePorts.pick();
        int storePort = FreePorts.pick();
        ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
        Servers.stopPostgres();
        try (ConfigurableApplicationContext service = CaravanService.builder(
                        VideoCatalogApplication.class, "video-catalog")
                .run(arguments(port, brokerPort, storePort, routes))) {
            Fault fault;
            try {
                fault = fault(() -> findAll(channel));
            } finally {
                Servers.startPostgresAgain();
            }
            assertThat(service.isRunning()).isTrue();
            assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
            await().atMost(RECOVERY)
                    .ignoreException(StatusRuntimeException.class)
                    .until(() -> findAll(channel) >= 0);
        } finally {
            channel.shutdownNow();
            if (FreePorts.isFree(Servers.postgresPort())) {
                Servers.startPostgresAgain();
            }
        }
    }

    @Test
    void leavesEventsInTheQueueWhenItStopsDuringAnOutage(CapturedOutput output) throws Exception {
        String queue = "OutageQueue";
        Servers.stopPostgres();
        try {
            ConfigurableApplicationContext service = CaravanService.builder(
                            VideoCatalogApplication.class, "video-catalog")
                    .run(arguments(
                            FreePorts.pick(),
                            Servers.brokerPort(),
                            FreePorts.pick(),
                            "--amqp.catalog-queue=" + queue,
                            "--amqp.catalog-events-queue=Outage" + EVENTS_QUEUE));
            publisher.sendTo(queue, Messages.about(newUser(), "Stopped").completed());
            await().until(() -> output.getAll().contains("On delivery attempt: 1"));
            long start = System.nanoTime();
            service.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
        } finally {
            Servers.startPostgresAgain();
        }

        assertThat(publisher.waiting(queue)).isEqualTo(1);
        await().atMost(RECOVERY).ignoreException(StatusRuntimeException.class).until(() -> letters("open")
                .isEmpty());
    }

    @Test
    void keepsWhatItHasToSayUntilTheBrokerIsBack() throws Exception {
        Messages messages = Messages.about(newUser(), "Deleted during an outage");
        publisher.publish("VideoEncodingCompleted", messages.completed());
        publisher.putAside(
                "again".getBytes(UTF_8),
                new AMQP.BasicProperties.Builder()
                        .headers(Map.of("x-origin-queue", "ReplayedQueue"))
                        .build());
        await().until(() -> state(messages).equals("ready"));
        long letter = awaitLetter().getId();
        publisher.declare("ReplayedQueue");
        publisher.drain("UploadEvents");
        publisher.drain("EncodeEvents");
        int video = video(messages).orElseThrow().getId();

        Servers.stopBroker();
        try {
            as(messages.userId())
                    .delete(DeleteRequest.newBuilder()
                            .setId(video)
                            .setPermanently(true)
                            .build());
            admin().replayDeadLetter(
                            ReplayDeadLetterRequest.newBuilder().setId(letter).build());
            await().atMost(RECOVERY)
                    .until(() ->
                            jdbc.queryForObject("SELECT count(*) FROM outbox WHERE error IS NOT NULL", Integer.class)
                                    == 2);
            assertThat(video(messages)).isEmpty();
            // Nobody has it yet, so it is not shown as replayed.
            assertThat(letter(letter).getState()).isEqualTo("open");
            assertThat(letter(letter).getError()).startsWith("Its replay waits");
        } finally {
            Servers.startBrokerAgain();
        }

        try (Publisher after = new Publisher()) {
            assertThat(after.take("ReplayedQueue").getBody()).asString(UTF_8).isEqualTo("again");
            assertThat(after.take("UploadEvents").getBody()).asString(UTF_8).contains(messages.videoId());
            assertThat(after.take("EncodeEvents").getBody()).asString(UTF_8).contains(messages.videoId());
        }
        await().atMost(RECOVERY).until(() -> letter(letter).getState().equals("replayed"));
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox", Integer.class))
                .isZero();
    }

    private static String[] arguments(int port, int brokerPort, int storePort, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--video-catalog.port=" + port,
                "--spring.datasource.hikari.connection-timeout=500",
                "--video-catalog.retry-delay=100",
                "--spring.rabbitmq.port=" + brokerPort,
                "--spring.rabbitmq.username=" + Servers.brokerUsername(),
                "--spring.rabbitmq.password=" + Servers.brokerPassword(),
                "--s3.endpoint=http://127.0.0.1:" + storePort,
                "--s3.access-key=none",
                "--s3.secret-key=none",
                "--cdn.private-key=" + Servers.KEY.write(Path.of("target", "outage-key.pem"))));
        Servers.database().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static int findAll(ManagedChannel channel) {
        channel.resetConnectBackoff();
        return VideoCatalogServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .findAll(FindAllRequest.getDefaultInstance())
                .getData()
                .getTotal();
    }
}
