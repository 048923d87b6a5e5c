package dev.caravan.videocatalog.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.UserText;
import dev.caravan.proto.videocatalog.Chapter;
import dev.caravan.videocatalog.caption.Captions;
import dev.caravan.videocatalog.caption.Chapters;
import dev.caravan.videocatalog.caption.LanguageTag;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Captions, chapters and names of sounds that came in a video's file, as an event tells them. What is none is left out. */
final class EventTexts {

    private static final Logger LOG = LoggerFactory.getLogger(EventTexts.class);
    private static final int MOST_CAPTIONS = 50;
    private static final int LONGEST_LABEL = 100;
    private static final int LONGEST_SOUND = 150;
    private static final int MOST_SOUNDS = 50;
    private static final int MOST_CHANNELS = 64;

    private EventTexts() {}

    static ArrayNode captions(JsonNode data) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode said : data.path("captions")) {
            String language = LanguageTag.of(said.path("language").asText()).orElse("");
            if (!language.isEmpty() && kept.size() < MOST_CAPTIONS) {
                add(kept, language, said);
            }
        }
        return kept;
    }

    private static void add(ArrayNode kept, String language, JsonNode said) {
        try {
            Captions captions = Captions.of(said.path("content").asText().getBytes(StandardCharsets.UTF_8));
            kept.addObject()
                    .put("language", language)
                    .put("label", label(language, said.path("label").asText()))
                    .put("default", said.path("default").asBoolean())
                    .put("content", captions.content())
                    .put("cues", captions.cues())
                    .put("words", captions.words());
        } catch (Fault e) {
            LOG.warn("Captions of a file in {} are left out: {}", language, e.fieldErrors());
        }
    }

    static ArrayNode audioTracks(JsonNode data) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode said : data.path("audio_tracks")) {
            int channels = said.path("channels").asInt();
            if (channels > 0 && channels <= MOST_CHANNELS && kept.size() < MOST_SOUNDS) {
                String language = LanguageTag.of(said.path("language").asText()).orElse("");
                kept.addObject()
                        .put("language", language)
                        .put("label", sound(language, said.path("label").asText()))
                        .put("channels", channels)
                        .put("default", said.path("default").asBoolean())
                        .put("audio_description", said.path("audio_description").asBoolean());
            }
        }
        return kept;
    }

    private static String label(String language, String said) {
        String label = line(said);
        return UserText.isBlank(label) || label.length() > LONGEST_LABEL ? LanguageTag.ownName(language) : label;
    }

    private static String sound(String language, String said) {
        String label = line(said);
        String own = LanguageTag.ownName(language);
        String other = own.isEmpty() ? "Sound" : own;
        return UserText.isBlank(label) || label.length() > LONGEST_SOUND ? other : label;
    }

    private static String line(String said) {
        return UserText.repaired(said).replace('\n', ' ').strip();
    }

    static ArrayNode chapters(JsonNode data) {
        // Of two at the same time the first.
        Map<Double, Chapter> chapters = new TreeMap<>();
        for (JsonNode said : data.path("chapters")) {
            double seconds = said.path("seconds").asDouble(-1);
            String title = UserText.repaired(said.path("title").asText())
                    .replace('\n', ' ')
                    .strip();
            if (seconds >= 0
                    && seconds <= Chapters.LATEST
                    && !UserText.isBlank(title)
                    && title.codePointCount(0, title.length()) <= Chapters.LONGEST_TITLE
                    && chapters.size() < Chapters.MOST) {
                chapters.putIfAbsent(
                        seconds,
                        Chapter.newBuilder().setSeconds(seconds).setTitle(title).build());
            }
        }
        return Chapters.of(chapters.values());
    }
}
