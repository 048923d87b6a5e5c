package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.upload.direct.Form;
import io.grpc.Status;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.SerializationUtils;

/** The news of a deleted video: upload-receive-deleted, upload-remove-video, upload-dead-letter. */
class DeletedIT extends UploadTestBase {

    private static final String DEAD_LETTERS = "DeadLetters";

    @Autowired
    private AmqpAdmin broker;

    @BeforeEach
    void readDeadLetters() {
        while (rabbit.receive(DEAD_LETTERS) != null) {
            // Of another test.
        }
    }

    @Test
    void removesAllThatBelongsToAVideoAndForgetsIt() throws Exception {
        CreatePresignedUrlResponseData upload = published();
        CreatePresignedUrlResponseData other = published();
        String key = "raw-videos/" + upload.getVideoId();
        s3.createMultipartUpload(request -> request.bucket(Servers.BUCKET).key(key));

        send(deleted(upload.getVideoId()));
        send(deleted(upload.getVideoId()));

        await().atMost(PATIENCE).until(() -> !isKnown(upload.getVideoId()));
        assertThat(stored())
                .doesNotContain(key, "thumbnails/" + upload.getThumbnailId())
                .contains("raw-videos/" + other.getVideoId(), "thumbnails/" + other.getThumbnailId());
        assertThat(s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET))
                        .uploads())
                .isEmpty();
        Fault fault = fault(() -> webhook(upload));
        assertThat(fault.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(isKnown(other.getVideoId())).isTrue();
        assertAllIsAcknowledged();
        assertThat(rabbit.receive(DEAD_LETTERS)).isNull();
    }

    @Test
    void letsHeadersOfAMessageSetNothing() throws Exception {
        CreatePresignedUrlResponseData upload = published();
        CreatePresignedUrlResponseData other = published();

        send(MessageBuilder.fromMessage(deleted(upload.getVideoId()))
                .setHeader("CamelSqlQuery", "delete from uploads")
                .setHeader("cAmElSqlQuery", "delete from uploads")
                .setHeader("CamelAwsS3Key", "raw-videos/" + other.getVideoId())
                .setHeader("CamelAwsS3BucketName", "evil")
                .setHeader("CamelSpringRabbitmqRoutingOverrideKey", "EncodeService")
                .setHeader("CamelSpringRabbitmqExchangeOverrideName", "")
                .setHeader("CamelHttpUri", "http://127.0.0.1:1/evil")
                .setHeader("CamelFileName", "../../evil")
                .setHeader("CamelRedelivered", "true")
                .setHeader("videoId", other.getVideoId())
                .setHeader("x-user-id", "1")
                .build());

        await().atMost(PATIENCE).until(() -> !isKnown(upload.getVideoId()));
        assertThat(isKnown(other.getVideoId())).isTrue();
        assertAllIsAcknowledged();
    }

    @Test
    void waitsWhileTheObjectStoreIsDown() throws Exception {
        CreatePresignedUrlResponseData upload = published();
        CreatePresignedUrlResponseData probe = presigned(ANN);
        Servers.get().stopStore();
        try {
            send(deleted(upload.getVideoId()));
            assertThat(fault(() -> webhook(probe)).code()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(isKnown(upload.getVideoId())).isTrue();
        } finally {
            Servers.get().startStore();
        }

        await().atMost(PATIENCE).until(() -> !isKnown(upload.getVideoId()));
        assertThat(stored()).doesNotContain("raw-videos/" + upload.getVideoId());
        assertThat(rabbit.receive(DEAD_LETTERS)).isNull();
    }

    @Test
    void waitsWhileTheDatabaseIsDown() throws Exception {
        CreatePresignedUrlResponseData upload = published();
        Servers.get().stopDatabase();
        try {
            send(deleted(upload.getVideoId()));
            assertThat(fault(() -> presigned(ANN)).code()).isEqualTo(Status.Code.UNAVAILABLE);
        } finally {
            Servers.get().startDatabase();
        }

        await().atMost(PATIENCE).ignoreExceptions().until(() -> !isKnown(upload.getVideoId()));
        assertThat(stored()).doesNotContain("raw-videos/" + upload.getVideoId());
        assertThat(rabbit.receive(DEAD_LETTERS)).isNull();
    }

    @Test
    void putsAsideWhatItDoesNotUnderstandAndGoesOn() throws Exception {
        CreatePresignedUrlResponseData upload = published();
        byte[] body = Form.bytes("{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"../raw-videos\"}} ");

        send(MessageBuilder.withBody(body)
                .setContentType("text/odd")
                .setHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .setHeader("x-request-id", "r1")
                .setHeader("x-service", "forged")
                .setHeader("CamelFileName", "forged")
                .build());
        send(deleted(upload.getVideoId()));

        await().atMost(PATIENCE).until(() -> !isKnown(upload.getVideoId()));
        Message letter = Objects.requireNonNull(rabbit.receive(DEAD_LETTERS, PATIENCE.toMillis()));
        assertThat(letter.getBody()).isEqualTo(body);
        assertThat(letter.getMessageProperties().getContentType()).isEqualTo("text/odd");
        assertThat(letter.getMessageProperties().getHeaders())
                .containsEntry("x-origin-queue", "UploadEvents")
                .containsEntry("x-service", "upload")
                .containsEntry("x-reason", "MALFORMED_MESSAGE")
                .containsEntry("x-failure", "original_id is missing or no UUID")
                .containsEntry("x-route-trail", "upload-receive-deleted,upload-remove-video,upload-dead-letter")
                .containsEntry("x-request-id", "r1")
                .containsKey("traceparent")
                .doesNotContainKeys("x-video-id", "CamelFileName");
        assertThat(rabbit.receive(DEAD_LETTERS)).isNull();
        assertAllIsAcknowledged();
    }

    @Test
    void readsNoObjectsAndPutsAsideWhatCallsItselfTextOfNoEncoding() throws Exception {
        CreatePresignedUrlResponseData upload = published();
        byte[] object = SerializationUtils.serialize(new Bomb());

        send(MessageBuilder.withBody(object)
                .setContentType("application/x-java-serialized-object")
                .build());
        send(MessageBuilder.withBody(Form.bytes("text"))
                .setContentType("text/plain")
                .setContentEncoding("no-such-encoding")
                .build());
        send(deleted(upload.getVideoId()));

        await().atMost(PATIENCE).until(() -> !isKnown(upload.getVideoId()));
        Message first = Objects.requireNonNull(rabbit.receive(DEAD_LETTERS, PATIENCE.toMillis()));
        Message second = Objects.requireNonNull(rabbit.receive(DEAD_LETTERS, PATIENCE.toMillis()));
        // A letter that the broker confirms late is sent once more, after the next one.
        assertThat(List.of(first.getBody(), second.getBody())).containsExactlyInAnyOrder(object, Form.bytes("text"));
        assertThat(Bomb.WENT_OFF).isFalse();
        assertAllIsAcknowledged();
    }

    /** Goes off when it is read from bytes. */
    private static final class Bomb implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        static final AtomicBoolean WENT_OFF = new AtomicBoolean();

        @Serial
        private void readObject(ObjectInputStream input) {
            WENT_OFF.set(true);
        }
    }

    private CreatePresignedUrlResponseData published() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        put(upload.getVideoUrl(), Form.video(1000));
        put(upload.getThumbnailUrl(), Form.PNG);
        webhook(upload);
        announcement(upload.getVideoId());
        return upload;
    }

    private void send(Message message) {
        rabbit.send("video", "VideoDeleted", message);
    }

    private static Message deleted(String video) {
        return MessageBuilder.withBody(("{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"" + video
                                + "\", \"user_id\": " + ANN + "}}")
                        .getBytes(StandardCharsets.UTF_8))
                .setContentType("application/json")
                .build();
    }

    private void assertAllIsAcknowledged() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(Objects.requireNonNull(broker.getQueueInfo("UploadEvents"))
                                .getMessageCount()))
                        .containsExactly(0));
    }
}
