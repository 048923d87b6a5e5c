package dev.caravan.encode.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads ffprobe's JSON. */
public final class ProbeReport {

    private static final Set<String> FIELDS_FIRST = Set.of("tt", "bb", "tb", "bt");

    private ProbeReport() {}

    /**
     * What the file holds: its first picture and sound, those that it marks as default before others.
     *
     * @throws dev.caravan.kernel.Fault when there is no picture
     */
    public static Media read(JsonNode report) {
        List<JsonNode> streams = StreamSupport.stream(report.path("streams").spliterator(), false)
                .filter(stream -> !stream.path("codec_name").asText("unknown").equals("unknown"))
                .sorted(Comparator.comparingInt(
                        stream -> 1 - stream.path("disposition").path("default").asInt()))
                .toList();
        VideoStream video = streams.stream()
                .filter(ProbeReport::isMovingPicture)
                .findFirst()
                .map(ProbeReport::video)
                .orElseThrow(Refusal.NO_PICTURE::fault);
        AudioStream audio = streams.stream()
                .filter(stream -> stream.path("codec_type").asText().equals("audio"))
                .findFirst()
                .map(stream -> new AudioStream(stream.path("index").asInt(), seconds(stream)))
                .orElse(null);
        JsonNode format = report.path("format");
        return new Media(format.path("format_name").asText(), seconds(format), video, audio);
    }

    /** Cover art is a video stream too. */
    private static boolean isMovingPicture(JsonNode stream) {
        return stream.path("codec_type").asText().equals("video")
                && stream.path("disposition").path("attached_pic").asInt() == 0
                && stream.path("width").asInt() > 0
                && stream.path("height").asInt() > 0;
    }

    private static VideoStream video(JsonNode stream) {
        Ratio pixelShape = Ratio.parse(stream.path("sample_aspect_ratio").asText());
        return new VideoStream(
                stream.path("index").asInt(),
                stream.path("width").asInt(),
                stream.path("height").asInt(),
                pixelShape == null ? Ratio.ONE : pixelShape,
                rotation(stream.path("side_data_list")),
                Ratio.parse(stream.path("avg_frame_rate").asText()),
                Ratio.parse(stream.path("r_frame_rate").asText()),
                FIELDS_FIRST.contains(stream.path("field_order").asText()),
                Transfer.of(stream.path("color_transfer").asText().toLowerCase(Locale.ROOT)),
                seconds(stream));
    }

    private static int rotation(JsonNode sideData) {
        for (JsonNode entry : sideData) {
            if (entry.has("rotation")) {
                return (int) Math.floorMod(Math.round(entry.path("rotation").asDouble() / 90) * 90, 360L);
            }
        }
        return 0;
    }

    private static @Nullable Double seconds(JsonNode node) {
        try {
            double seconds = Double.parseDouble(node.path("duration").asText());
            return seconds > 0 && Double.isFinite(seconds) ? seconds : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
