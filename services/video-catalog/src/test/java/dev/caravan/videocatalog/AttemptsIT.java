package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.videocatalog.DeleteRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Whatever the order that a video's events are recorded in, how late and how often each comes, the video ends the same:
 * video-catalog-record-event on the real database. The random is the same in each run.
 */
class AttemptsIT extends CatalogTestBase {

    private static final int ORDERS = 12;

    @Autowired
    private ProducerTemplate producer;

    /** What happened to a video, and how it has to end. */
    private record Story(List<String> events, String state, int attempt, int progress, String path) {}

    @RepeatedTest(20)
    void endsTheSameInEveryOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int user = newUser();
        int attempts = 1 + random.nextInt(4);
        int[] outcomes = random.ints(attempts, 0, 4).toArray();
        List<Map<String, Object>> ends = new ArrayList<>();
        List<Map<String, Object>> expected = new ArrayList<>();

        for (int order = 0; order < ORDERS; order++) {
            Messages messages = Messages.about(user, "Video");
            Story story = story(messages, outcomes);
            story.events().forEach(event -> assertThat(event).contains(messages.videoId()));
            shuffled(story.events(), random).forEach(this::record);
            ends.add(row(messages));
            expected.add(end(messages, story));
        }

        assertThat(ends).isEqualTo(expected);
    }

    @Test
    void staysDeletedWhateverComesLater() {
        Random random = new Random(7);
        for (int order = 0; order < ORDERS; order++) {
            Messages messages = Messages.about(newUser(), "Deleted");
            List<String> events = shuffled(story(messages, new int[] {1, 0, 2}).events(), random);
            int deleted = 1 + random.nextInt(events.size() - 1);

            events.subList(0, deleted).forEach(this::record);
            int id = jdbc.queryForObject(
                    "SELECT id FROM videos WHERE original_id = ?", Integer.class, messages.videoId());
            as(messages.userId())
                    .delete(DeleteRequest.newBuilder()
                            .setId(id)
                            .setPermanently(true)
                            .build());
            events.subList(deleted, events.size()).forEach(this::record);

            assertThat(mine(messages.userId())).isEmpty();
            assertThat(jdbc.queryForMap(
                            "SELECT title, description, path, poster, CAST(thumbnails AS text) AS thumbnails FROM videos WHERE original_id = ?",
                            messages.videoId()))
                    .containsEntry("title", "")
                    .containsEntry("description", "")
                    .containsEntry("path", null)
                    .containsEntry("poster", null)
                    .containsEntry("thumbnails", "[]");
        }
    }

    /** Of others, who count no attempts: their events are of the one that is known. */
    @Test
    void takesEventsWithoutAnAttemptForThatOfTheOneThatIsKnown() {
        Messages messages = Messages.about(newUser(), "Mixed");

        record(messages.progressed(3, 20));
        record(messages.progressed(70));
        assertThat(row(messages)).containsEntry("attempt", 3).containsEntry("progress", 70);
        record(messages.failed("No."));
        assertThat(row(messages)).containsEntry("attempt", 3).containsEntry("state", "failed");
        record(messages.completedByOthers());
        assertThat(row(messages)).containsEntry("attempt", 3).containsEntry("state", "ready");
    }

    /**
     * An upload and attempts one after the other.
     *
     * @param outcomes of each attempt: 0 it is lost without a word, 1 it fails, 2 it succeeds, 3 it is at 60 per cent
     */
    private static Story story(Messages messages, int[] outcomes) {
        List<String> events = new ArrayList<>(List.of(messages.uploadedWithThumbnail()));
        String state = "uploaded";
        int shown = 0;
        int progress = 0;
        String path = null;
        for (int attempt = 1; attempt <= outcomes.length; attempt++) {
            events.add(messages.progressed(attempt, 0));
            events.add(messages.progressed(attempt, 30));
            int outcome = outcomes[attempt - 1];
            boolean ready = state.equals("ready");
            if (outcome == 2) {
                events.add(messages.completed(attempt));
                path = messages.path() + "/" + attempt;
            } else if (outcome == 1) {
                events.add(messages.failed(attempt, "Attempt " + attempt + " failed."));
            } else if (outcome == 3) {
                events.add(messages.progressed(attempt, 60));
            }
            if (outcome == 2 || !ready) {
                shown = attempt;
                state = outcome == 2 ? "ready" : outcome == 1 ? "failed" : "encoding";
                progress = outcome == 2 ? 100 : outcome == 3 ? 60 : outcome == 1 ? 0 : 30;
            }
        }
        return new Story(events, state, shown, progress, path);
    }

    /** In some order, some of them twice. */
    private static List<String> shuffled(List<String> events, Random random) {
        List<String> all = new ArrayList<>(events);
        events.stream().filter(event -> random.nextInt(3) == 0).forEach(all::add);
        Collections.shuffle(all, random);
        return all;
    }

    private void record(String event) {
        producer.sendBody(
                "direct:video-catalog-record-event", new Message(event.getBytes(UTF_8), new MessageProperties()));
    }

    private Map<String, Object> row(Messages messages) {
        return jdbc.queryForMap("""
                SELECT CAST(state AS text) AS state, attempt, progress, failure, title, path, poster, CAST(thumbnails AS text) AS thumbnails
                FROM videos WHERE original_id = ?""", messages.videoId());
    }

    /** As PostgreSQL writes it. */
    private static String sizes(String path) {
        return "[{\"key\": \"%1$s/thumbnail-640.jpg\", \"type\": \"image/jpeg\", \"width\": 640, \"height\": 360}, {\"key\": \"%1$s/thumbnail-640.webp\", \"type\": \"image/webp\", \"width\": 640, \"height\": 360}]"
                .formatted(path);
    }

    private static Map<String, Object> end(Messages messages, Story story) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("state", story.state());
        row.put("attempt", story.attempt());
        row.put("progress", story.progress());
        row.put("failure", story.state().equals("failed") ? "Attempt " + story.attempt() + " failed." : null);
        row.put("title", messages.title());
        row.put("path", story.path());
        row.put("poster", story.path() == null ? null : story.path() + "/thumbnail-640.jpg");
        row.put("thumbnails", story.path() == null ? "[]" : sizes(story.path()));
        return row;
    }
}
