package dev.caravan.videocatalog;

import static dev.caravan.videocatalog.Publisher.EVENTS_QUEUE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.CaravanService;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.FindAllRequest;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** PostgreSQL goes and comes; video-catalog-record-event waits for it. */
@ExtendWith(OutputCaptureExtension.class)
class OutageIT extends CatalogTestBase {

    private static final Duration RECOVERY = Duration.ofSeconds(30);

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
            assertThat(publisher.hasDeadLetters()).isFalse();
        } finally {
            Servers.startPostgresAgain();
        }

        assertThat(fault.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(fault.reason()).isEqualTo("DEPENDENCY_DOWN");
        assertThat(fault.getMessage()).doesNotContainIgnoringCase("jdbc").doesNotContain("127.0.0.1");
        await().atMost(RECOVERY).ignoreException(StatusRuntimeException.class).until(() -> state(messages)
                .equals("ready"));
        assertThat(new String(publisher.takeDeadLetter().getBody(), UTF_8)).endsWith(malformed.videoId());
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
                            Servers.BROKER.port(),
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
        assertThat(publisher.hasDeadLetters()).isFalse();
    }

    private static String[] arguments(int port, int brokerPort, int storePort, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--video-catalog.port=" + port,
                "--spring.datasource.hikari.connection-timeout=500",
                "--video-catalog.retry-delay=100",
                "--spring.rabbitmq.port=" + brokerPort,
                "--spring.rabbitmq.username=" + Servers.BROKER.username(),
                "--spring.rabbitmq.password=" + Servers.BROKER.password(),
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
