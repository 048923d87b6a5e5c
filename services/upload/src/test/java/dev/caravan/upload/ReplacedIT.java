package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.CreatePresignedUrlResponseData;
import dev.caravan.upload.direct.Form;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Of a file the encoder is told what was checked, at whatever step another is put in its place. That it takes no other is
 * tested where it is fetched.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplacedIT extends UploadTestBase {

    private static final byte[] PAGE = Form.bytes("<script>alert(1)</script>");
    private static final byte[] OTHER_PICTURE = Form.bytes("GIF89a, and another picture");
    private static final byte[] OTHER_VIDEO = Form.video(2000);

    /** Steps between the check and the encoder. */
    private enum Step {
        ACCEPT("upload-accept", "accept-upload"),
        PUBLISH("outbox-relay", "publish-message");

        private final String route;
        private final String id;
        private final AtomicReference<Replacement> next = new AtomicReference<>();

        Step(String route, String id) {
            this.route = route;
            this.id = id;
        }
    }

    /** Of an upload's files by others. */
    private record Replacement(CreatePresignedUrlResponseData upload, byte[] video, byte[] picture) {

        /** Whether it is this upload that the step is at. */
        boolean isOf(Exchange exchange) {
            return Stream.of(exchange.getMessage().getHeader(UploadHeaders.VIDEO), exchange.getVariable("message_id"))
                    .map(String::valueOf)
                    .anyMatch(upload.getVideoId()::equals);
        }
    }

    @Autowired
    private CamelContext camel;

    @BeforeAll
    void watchSteps() throws Exception {
        for (Step step : Step.values()) {
            AdviceWith.adviceWith(camel, step.route, advice -> advice.weaveById(step.id)
                    .before()
                    .process(exchange -> {
                        Replacement next = step.next.get();
                        if (next != null && next.isOf(exchange)) {
                            step.next.set(null);
                            replace(next);
                        }
                    }));
            // The supervising controller starts what it started itself.
            camel.getRouteController().startRoute(step.route);
        }
    }

    @AfterEach
    void assertThatEachWasReplaced() {
        assertThat(Step.values())
                .allSatisfy(step -> assertThat(step.next.getAndSet(null)).isNull());
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfWhatWasCheckedWhenAnotherVideoAndPictureComeBefore(Step step) throws Exception {
        assertTellsOfWhatWasChecked(step, OTHER_VIDEO, OTHER_PICTURE);
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfWhatWasCheckedWhenPagesComeBefore(Step step) throws Exception {
        assertTellsOfWhatWasChecked(step, PAGE, PAGE);
    }

    @Test
    void checksWhatCameInThePlaceOfAnotherBefore() throws Exception {
        CreatePresignedUrlResponseData upload = uploaded();
        replace(new Replacement(upload, PAGE, OTHER_PICTURE));
        assertThat(fault(() -> webhook(upload)).fieldErrors()).containsOnlyKeys("video_id");
        replace(new Replacement(upload, OTHER_VIDEO, PAGE));
        Fault fault = fault(() -> webhook(upload));
        assertThat(fault.fieldErrors()).containsOnlyKeys("thumbnail_id");
        replace(new Replacement(upload, OTHER_VIDEO, OTHER_PICTURE));
        List<String> checked = etags(upload);

        webhook(upload);

        assertThat(told(upload)).isEqualTo(checked);
    }

    private void assertTellsOfWhatWasChecked(Step step, byte[] video, byte[] picture) throws Exception {
        CreatePresignedUrlResponseData upload = uploaded();
        List<String> checked = etags(upload);
        step.next.set(new Replacement(upload, video, picture));

        webhook(upload);

        assertThat(told(upload)).isEqualTo(checked).doesNotContainAnyElementsOf(etags(upload));
    }

    private CreatePresignedUrlResponseData uploaded() throws Exception {
        CreatePresignedUrlResponseData upload = presigned(ANN);
        replace(new Replacement(upload, Form.video(1000), Form.PNG));
        return upload;
    }

    private void replace(Replacement by) throws Exception {
        assertThat(put(by.upload.getVideoUrl(), by.video)).isEqualTo(200);
        assertThat(put(by.upload.getThumbnailUrl(), by.picture)).isEqualTo(200);
    }

    /** Of what is in the object store now: video, thumbnail. */
    private List<String> etags(CreatePresignedUrlResponseData upload) {
        return List.of(etag("raw-videos/" + upload.getVideoId()), etag("thumbnails/" + upload.getThumbnailId()));
    }

    /** What the encoder hears: video, thumbnail. */
    private List<String> told(CreatePresignedUrlResponseData upload) throws IOException {
        JsonNode data = announcement(upload.getVideoId()).path("data");
        return List.of(data.path("etag").asText(), data.path("thumbnail_etag").asText());
    }

    private String etag(String key) {
        return s3.headObject(request -> request.bucket(Servers.BUCKET).key(key)).eTag();
    }
}
