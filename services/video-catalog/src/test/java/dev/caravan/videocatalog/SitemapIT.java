package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindSitemapRequest;
import dev.caravan.proto.videocatalog.FindSitemapResponseData;
import dev.caravan.proto.videocatalog.SitemapVideo;
import dev.caravan.proto.videocatalog.UpdateRequest;
import io.grpc.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What search engines are told of: {@code video-catalog-find-sitemap}. */
class SitemapIT extends CatalogTestBase {

    private static final int SIZE = 500;

    @Test
    void tellsOfPublicVideosOnThePageOfTheirIds() throws Exception {
        Messages messages = Messages.about(newUser(), "For all");
        int id = ready(messages);

        SitemapVideo video = onItsPage(id).get(0);

        assertThat(pages()).contains(id / SIZE + 1).isSorted();
        assertThat(video.getTitle()).isEqualTo("For all");
        assertThat(video.getDuration()).isPositive();
        assertThat(Instant.parse(video.getPublishedAt())).isBefore(Instant.now());
        assertThat(video.getEmbeddable()).isTrue();
    }

    @Test
    void tellsOfNoVideoThatIsNotListed() throws Exception {
        Messages messages = Messages.about(newUser(), "Hidden");
        int id = ready(messages);

        for (UpdateRequest hidden : List.of(
                UpdateRequest.newBuilder().setVisibility("private").build(),
                UpdateRequest.newBuilder().setVisibility("unlisted").build(),
                UpdateRequest.newBuilder()
                        .setPublishAt(Instant.now().plus(1, ChronoUnit.DAYS).toString())
                        .build())) {
            as(messages.userId()).update(hidden.toBuilder().setId(id).build());
            assertThat(onItsPage(id)).as(hidden.toString()).isEmpty();
        }
        as(messages.userId())
                .update(UpdateRequest.newBuilder()
                        .setId(id)
                        .setVisibility("public")
                        .build());
        assertThat(onItsPage(id)).hasSize(1);
        as(messages.userId()).delete(DeleteRequest.newBuilder().setId(id).build());
        assertThat(onItsPage(id)).as("in the trash").isEmpty();

        Messages waiting = Messages.about(messages.userId(), "Not ready");
        publisher.publish("EncodeUploadedVideo", waiting.uploaded());
        awaitAllEvents(messages.userId());
        assertThat(onItsPage(video(waiting).orElseThrow().getId())).isEmpty();
        assertThat(admin().findSitemap(page(video(waiting).orElseThrow().getId()))
                        .getData()
                        .getVideosList())
                .as("to nobody")
                .extracting(SitemapVideo::getTitle)
                .doesNotContain("Not ready");
    }

    @Test
    void namesNoPageThatIsEmpty() throws Exception {
        Messages messages = Messages.about(newUser(), "Alone");
        int near = ready(messages);
        int far = 40 * SIZE;
        jdbc.update("UPDATE videos SET id = ? WHERE id = ?", far, near);
        try {
            assertThat(pages()).contains(41).doesNotContain(39, 40, 42);
            assertThat(onItsPage(far)).hasSize(1);
            as(messages.userId())
                    .update(UpdateRequest.newBuilder()
                            .setId(far)
                            .setVisibility("unlisted")
                            .build());
            assertThat(pages()).doesNotContain(41);
        } finally {
            jdbc.update("UPDATE videos SET id = ? WHERE id = ?", near, far);
        }
    }

    @Test
    void isEmptyBeyondTheLastPage() {
        FindSitemapResponseData beyond = anybody()
                .findSitemap(FindSitemapRequest.newBuilder()
                        .setPage(Integer.MAX_VALUE)
                        .build())
                .getData();

        assertThat(beyond.getVideosList()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesAPageThatThereIsNot(int page) {
        Fault fault = fault(() -> anybody()
                .findSitemap(FindSitemapRequest.newBuilder().setPage(page).build()));

        assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(fault.fieldErrors()).containsOnlyKeys("page");
    }

    private List<Integer> pages() {
        return anybody()
                .findSitemap(FindSitemapRequest.getDefaultInstance())
                .getData()
                .getPagesList();
    }

    private List<SitemapVideo> onItsPage(int id) {
        return anybody().findSitemap(page(id)).getData().getVideosList().stream()
                .filter(video -> video.getId() == id)
                .toList();
    }

    private static FindSitemapRequest page(int id) {
        return FindSitemapRequest.newBuilder().setPage(id / SIZE + 1).build();
    }
}
