package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.upload.direct.Form;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Queue;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** What was announced comes to the encoder, whatever the broker loses: outbox-relay, upload-retry-until-accepted. */
class RetryUntilAcceptedIT extends UploadTestBase {

    private final EncoderStub encoder = Servers.get().encoder();

    @Autowired
    private AmqpAdmin broker;

    @Value("${amqp.exchange}")
    private String exchange;

    @Test
    void announcesAgainWhatTheEncoderDoesNotKnow() throws Exception {
        CreatePresignedUrlResponseData upload = put();
        encoder.answer(upload.getVideoId(), Fault.notFound("ENCODING_UNKNOWN", "There is none."));

        webhook(upload);

        await().atMost(PATIENCE).until(() -> announcements(upload.getVideoId()).size() >= 2);
        assertThat(announcements(upload.getVideoId()).stream()
                        .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                        .distinct())
                .hasSize(1);
        encoder.know(upload.getVideoId());
        await().atMost(PATIENCE).until(() -> isTaken(upload));
        assertThat(isAnnounced(upload.getVideoId())).isTrue();
    }

    @Test
    void leavesAloneWhatTheEncoderKnows() throws Exception {
        CreatePresignedUrlResponseData upload = put();

        webhook(upload);

        await().atMost(PATIENCE).until(() -> isTaken(upload));
        assertThat(encoder.asker(upload.getVideoId())).isEqualTo(Integer.toString(ANN));
        announcement(upload.getVideoId());
    }

    @Test
    void takesAnEncoderOfAnotherMakeAtItsSilence() throws Exception {
        CreatePresignedUrlResponseData upload = put();
        encoder.answer(upload.getVideoId(), Fault.of(Status.Code.UNIMPLEMENTED, "UNIMPLEMENTED", "What is that?"));

        webhook(upload);

        await().atMost(PATIENCE).until(() -> isTaken(upload));
        announcement(upload.getVideoId());
    }

    @Test
    void asksAgainWhenTheEncoderGaveNoAnswer() throws Exception {
        CreatePresignedUrlResponseData upload = put();
        encoder.answer(upload.getVideoId(), Fault.unavailable("DATABASE_DOWN", "Not now."));
        webhook(upload);
        await().atMost(PATIENCE).until(() -> encoder.asker(upload.getVideoId()) != null);
        encoder.know(upload.getVideoId());

        // It would be its turn in a minute.
        await().atMost(PATIENCE).until(() -> {
            jdbc.update(
                    "update uploads set announce_after = now() where video_id = ?::uuid and announced_at is not null",
                    upload.getVideoId());
            return isTaken(upload);
        });
        announcement(upload.getVideoId());
    }

    @Test
    void asksTwiceAsLateEachTime() throws Exception {
        CreatePresignedUrlResponseData upload = put();
        encoder.answer(upload.getVideoId(), Fault.notFound("ENCODING_UNKNOWN", "There is none."));
        try {
            webhook(upload);
            await().atMost(PATIENCE).until(() -> isAnnounced(upload.getVideoId()));
            jdbc.update(
                    "update uploads set published_at = now() - interval '3 hours', announce_after = now()"
                            + " where video_id = ?::uuid",
                    upload.getVideoId());

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(jdbc.queryForObject(
                            "select coalesce(max(extract(epoch from announce_after - now())), 0) from uploads"
                                    + " where video_id = ?::uuid and announced_at is not null",
                            Double.class,
                            upload.getVideoId()))
                    .isBetween(3 * 3600 - 60.0, 3 * 3600.0));
        } finally {
            encoder.know(upload.getVideoId());
        }
    }

    @Test
    void announcesToAQueueThatHasLostItsBinding() throws Exception {
        CreatePresignedUrlResponseData first = put();
        webhook(first);
        announcement(first.getVideoId());
        // The broker is content: another queue has it.
        Queue other = new Queue("another-listener", false, false, true);
        broker.declareQueue(other);
        broker.declareBinding(binding(other.getName()));
        broker.removeBinding(binding(queue));
        try {
            CreatePresignedUrlResponseData upload = put();

            webhook(upload);

            announcement(upload.getVideoId());
        } finally {
            broker.deleteQueue(other.getName());
        }
    }

    private Binding binding(String queueName) {
        return new Binding(queueName, Binding.DestinationType.QUEUE, exchange, "EncodeUploadedVideo", null);
    }

    private CreatePresignedUrlResponseData put() throws IOException, InterruptedException {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        return upload;
    }

    private boolean isTaken(CreatePresignedUrlResponseData upload) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select taken_at is not null from uploads where video_id = ?::uuid",
                Boolean.class,
                upload.getVideoId()));
    }
}
