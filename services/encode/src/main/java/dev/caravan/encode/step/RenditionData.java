package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caravan.encode.media.Rendition;
import java.util.List;

/** What events say of renditions. */
final class RenditionData {

    private RenditionData() {}

    static ArrayNode of(List<Rendition> renditions, ObjectMapper json) {
        ArrayNode said = json.createArrayNode();
        renditions.forEach(rendition -> said.addObject()
                .put("width", rendition.width())
                .put("height", rendition.height())
                .put("bitrate", rendition.bitrate())
                .put("codecs", rendition.codecs()));
        return said;
    }
}
