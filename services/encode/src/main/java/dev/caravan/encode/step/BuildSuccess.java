package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.SoundRendition;
import dev.caravan.encode.presentation.Storyboard;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes what ends an attempt that succeeded, and the event that the video can be watched. */
@Component
public class BuildSuccess implements Processor {

    private final String eventExchange;
    private final ObjectMapper json;

    BuildSuccess(@Value("${amqp.exchange}") String eventExchange, ObjectMapper json) {
        this.eventExchange = eventExchange;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        Event event = event(job);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", job.attempt().videoId());
        parameters.put("attempt", job.attempt().number());
        parameters.put("state", "succeeded");
        parameters.put("outcome", "succeeded");
        parameters.put("reason", null);
        parameters.put("failure", null);
        parameters.put("error", null);
        parameters.put("result", json.writeValueAsString(event.data()));
        event.addTo(parameters, eventExchange);
        exchange.getMessage().setBody(parameters);
    }

    private Event event(Job job) {
        EncodedVideo encoded = job.encoded();
        Event event = Event.about(job.attempt(), Event.COMPLETED, json);
        ObjectNode data = event.data();
        data.put("height", encoded.height())
                .put("width", encoded.width())
                .put("duration", Math.round(encoded.seconds()))
                .put("duration_ms", Math.round(1000 * encoded.seconds()))
                .put("path", job.targetPrefix())
                .put("hls", EncodeCommand.HLS)
                .set("renditions", RenditionData.of(encoded.renditions(), json));
        data.set("audio_tracks", sounds(encoded));
        encoded.warnings().forEach(data.putArray("warnings")::add);
        PictureData.put(data, job);
        if (job.hasStoryboard()) {
            data.put("storyboard", Storyboard.TEXT);
        }
        putTexts(data, job);
        return event;
    }

    /** What is not there is not said. */
    private static void putTexts(ObjectNode data, Job job) {
        job.captions().forEach((track, text) -> data.withArray("captions")
                .addObject()
                .put("language", track.language())
                .put("label", track.title())
                .put("default", track.isDefault())
                .put("content", text));
        job.chapters().forEach(chapter -> data.withArray("chapters")
                .addObject()
                .put("seconds", chapter.seconds())
                .put("title", chapter.title()));
    }

    /** Each once, with the most channels that it is there with. */
    private ArrayNode sounds(EncodedVideo encoded) {
        Map<String, SoundRendition> most = new LinkedHashMap<>();
        encoded.sounds().forEach(sound -> most.put(sound.label(), sound));
        ArrayNode sounds = json.createArrayNode();
        most.values().forEach(sound -> {
            ObjectNode said = sounds.addObject();
            if (!sound.language().isEmpty()) {
                said.put("language", sound.language());
            }
            said.put("label", sound.label())
                    .put("channels", sound.channels())
                    .put("default", sound.isDefault())
                    .put("audio_description", sound.description());
        });
        return sounds;
    }
}
