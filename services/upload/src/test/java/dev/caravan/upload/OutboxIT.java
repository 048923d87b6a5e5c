package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.CaravanService;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.upload.direct.Form;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** What is accepted is announced, whatever dies when: upload-accept, outbox-relay. */
class OutboxIT extends UploadTestBase {

    /** The title, which the database hears of when the upload is accepted and not before. */
    private static final String ACCEPTANCE = "unheard";

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private CamelContext camel;

    @AfterEach
    void announceAgain() throws Exception {
        camel.getRouteController().startRoute("outbox-relay");
    }

    @Test
    void announcesAgainWhatTheBrokerTookAndCouldNotConfirm() throws Exception {
        try (Instance second = second(new Wire(Servers.get().brokerPort()))) {
            leaveAnnouncingTo(second);
            second.wire.muteAfter("A description");
            CreatePresignedUrlResponseData upload = published();

            await("the broker took it")
                    .atMost(PATIENCE)
                    .until(() -> announcements(upload.getVideoId()).size() >= 1);
            announceAgain();
            await("it came again, confirmed")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> isAnnounced(upload.getVideoId())
                            && announcements(upload.getVideoId()).size() >= 2);
            assertAnnouncementsAreTheSame(upload.getVideoId());
        }
    }

    @Test
    void tellsHowMuchItAcceptedAndHowMuchWaits() throws Exception {
        String route = "measure-work";
        double before = meters.counter("upload.bytes", "camelContext", "upload").count();
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        webhook(upload);

        assertThat(meters.counter("upload.bytes", "camelContext", "upload").count() - before)
                .isEqualTo(Form.video(1000).length);
        jdbc.update(
                "insert into uploads (video_id, thumbnail_id, user_id, title, description, published_at, announce_after)"
                        + " values (gen_random_uuid(), gen_random_uuid(), ?, '', '', now() - interval '1 hour', 'infinity')",
                ANN);
        try {
            await(route).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(gauge("queue.depth")).isPositive();
                assertThat(gauge("queue.age.seconds")).isGreaterThanOrEqualTo(3600);
            });
        } finally {
            jdbc.update("delete from uploads where announce_after = 'infinity'");
        }
    }

    private double gauge(String name) {
        Gauge gauge = meters.find(name).tag("queue", "outbox").gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    @Test
    void leavesToOthersWhatItCouldNotAnnounceBeforeItStopped() throws Exception {
        CreatePresignedUrlResponseData upload;
        try (Instance second = second(new Wire(Servers.get().brokerPort()))) {
            leaveAnnouncingTo(second);
            second.wire.mute();
            upload = published();
        }

        announceAgain();
        hurry(upload.getVideoId());
        await().atMost(PATIENCE).until(() -> isAnnounced(upload.getVideoId()));
        assertThat(announcements(upload.getVideoId())).isNotEmpty();
    }

    @Test
    void announcesAgainWhatItCouldNotRememberToHaveAnnounced() throws Exception {
        jdbc.execute("create function forget() returns trigger language plpgsql as"
                + " $$ begin raise exception 'as if it died here'; end $$");
        jdbc.execute(
                "create trigger forget before update of announced_at on uploads for each row execute function forget()");
        CreatePresignedUrlResponseData upload;
        try {
            upload = published();
            await().atMost(PATIENCE)
                    .until(() -> announcements(upload.getVideoId()).size() >= 2);
            assertThat(isAnnounced(upload.getVideoId())).isFalse();
        } finally {
            jdbc.execute("drop trigger forget on uploads");
            jdbc.execute("drop function forget()");
        }

        await().atMost(PATIENCE).until(() -> isAnnounced(upload.getVideoId()));
        assertAnnouncementsAreTheSame(upload.getVideoId());
    }

    @Test
    void announcesWhatWasAcceptedJustBeforeTheDatabaseWentAway() throws Exception {
        List<CreatePresignedUrlResponseData> uploads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CreatePresignedUrlResponseData upload = presigned(ANN);
            put(upload.getVideoUrl(), Form.video(1000));
            uploads.add(upload);
        }
        uploads.forEach(this::webhook);
        Servers.get().stopDatabase();
        Servers.get().startDatabase();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            uploads.forEach(upload -> hurry(upload.getVideoId()));
            return uploads.stream().allMatch(upload -> isAnnounced(upload.getVideoId()));
        });
        assertThat(uploads).allSatisfy(upload -> assertThat(announcements(upload.getVideoId()))
                .isNotEmpty());
    }

    @Test
    void announcesOnceWhatSeveralInstancesFind() throws Exception {
        List<String> videos = new ArrayList<>();
        try (Instance second = second(new Wire(Servers.get().brokerPort()))) {
            announceOneBy(second);
            for (int i = 0; i < 60; i++) {
                videos.add(UUID.randomUUID().toString());
            }
            jdbc.batchUpdate(
                    "insert into uploads (video_id, thumbnail_id, user_id, title, description, published_at, announce_after)"
                            + " values (?::uuid, gen_random_uuid(), 7, 't', 'd', now(), now())",
                    videos.stream().map(video -> new Object[] {video}).toList());

            await().atMost(PATIENCE).until(() -> videos.stream().allMatch(this::isAnnounced));
        }
        assertThat(videos).allSatisfy(video -> assertThat(announcements(video)).hasSize(1));
    }

    @Test
    void answersWellAnUploadWhoseAcceptanceWasStoredButNotHeardOf() throws Exception {
        Wire wire = new Wire(Servers.get().databasePort());
        try (Instance second = second(
                wire,
                "--spring.datasource.url=" + Servers.get().jdbcUrl(wire.port()),
                "--spring.datasource.hikari.connection-timeout=20000",
                "--spring.datasource.hikari.data-source-properties.socketTimeout=3")) {
            announceOneBy(second);
            wire.muteAfter(ACCEPTANCE);

            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + second.property("local.server.port")
                                    + "/videos/upload?title=unheard&description=d"))
                            .header("x-user-id", Integer.toString(ANN))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(Form.video(1000)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(wire.isMute()).isTrue();
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            String id =
                    JSON.readTree(response.body()).path("data").path("video_id").asText();
            assertThat(jdbc.queryForObject(
                            "select title from uploads where published_at is not null and video_id = ?::uuid",
                            String.class,
                            id))
                    .isEqualTo("unheard");
            assertThat(stored()).contains("raw-videos/" + id);
            hurry(id);
            await().atMost(PATIENCE).until(() -> isAnnounced(id));
            assertThat(announcements(id)).isNotEmpty();
        }
    }

    /** Does not wait for the half minute that belongs to whoever claimed it. */
    private void hurry(String video) {
        jdbc.update(
                "update uploads set announce_after = now() where video_id = ?::uuid and announced_at is null", video);
    }

    private CreatePresignedUrlResponseData published() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        assertThat(webhook(upload).getMessage()).isEqualTo("Success");
        return upload;
    }

    /** Turns to an instance and has it open what it needs for announcements. */
    private void announceOneBy(Instance instance) throws Exception {
        connect(Integer.parseInt(instance.property("upload.port")));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !presigned(ANN).getVideoId().isEmpty());
        announcement(published().getVideoId());
    }

    /** The same, and nobody else announces. */
    private void leaveAnnouncingTo(Instance instance) throws Exception {
        camel.getRouteController().stopRoute("outbox-relay");
        announceOneBy(instance);
    }

    private void assertAnnouncementsAreTheSame(String video) {
        assertThat(announcements(video).stream()
                        .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                        .distinct())
                .hasSize(1);
    }

    /** Another instance, at the end of a wire that is cut before it stops. */
    private record Instance(Wire wire, ConfigurableApplicationContext context) implements AutoCloseable {

        String property(String name) {
            return context.getEnvironment().getRequiredProperty(name);
        }

        @Override
        public void close() throws IOException {
            wire.close();
            context.close();
        }
    }

    /** On the same database, with the broker at the other end of the wire. */
    private static Instance second(Wire wire) {
        return second(
                wire,
                "--spring.rabbitmq.port=" + wire.port(),
                "--caravan.outbox.relay-period=200",
                "--caravan.outbox.confirm-timeout=2000",
                "--spring.rabbitmq.channel-rpc-timeout=2s");
    }

    private static Instance second(Wire wire, String... more) {
        int port = FreePorts.pick();
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0", "--upload.port=" + port, "--camel.servlet.mapping.servlet-name=second-" + port));
        Servers.get().properties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        List<String> names = Stream.of(more)
                .map(argument -> argument.substring(0, argument.indexOf('=') + 1))
                .toList();
        arguments.removeIf(argument -> names.stream().anyMatch(argument::startsWith));
        arguments.addAll(List.of(more));
        return new Instance(
                wire, CaravanService.builder(UploadApplication.class, "upload").run(arguments.toArray(String[]::new)));
    }
}
