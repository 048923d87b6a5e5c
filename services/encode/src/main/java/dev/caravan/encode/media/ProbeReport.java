package dev.caravan.encode.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads ffprobe's JSON. */
public final class ProbeReport {

    private static final Set<String> FIELDS_FIRST = Set.of("tt", "bb", "tb", "bt");

    private ProbeReport() {}

    /** What the file says that it holds: of each kind what it marks as the one to play before others. */
    public static Contents read(JsonNode report) {
        List<JsonNode> streams = StreamSupport.stream(report.path("streams").spliterator(), false)
                .filter(stream -> !stream.path("codec_name").asText("unknown").equals("unknown"))
                .sorted(Comparator.comparing(stream -> !isPreferred(stream)))
                .toList();
        List<JsonNode> pictures =
                streams.stream().filter(stream -> isOf(stream, "video")).toList();
        JsonNode format = report.path("format");
        Map<Integer, Contents.Declared> declared = new HashMap<>();
        for (JsonNode stream : streams) {
            double seconds = seconds(stream);
            declared.put(
                    stream.path("index").asInt(),
                    new Contents.Declared(
                            seconds > 0 ? seconds : seconds(format),
                            stream.path("nb_frames").asLong()));
        }
        return new Contents(
                format.path("format_name").asText(),
                pictures.stream()
                        .filter(stream -> !isCover(stream))
                        .map(ProbeReport::video)
                        .toList(),
                streams.stream()
                        .filter(stream -> isOf(stream, "audio"))
                        .map(ProbeReport::audio)
                        .toList(),
                pictures.stream()
                        .filter(ProbeReport::isCover)
                        .map(ProbeReport::video)
                        .findFirst()
                        .orElse(null),
                declared);
    }

    private static boolean isOf(JsonNode stream, String type) {
        return stream.path("codec_type").asText().equals(type);
    }

    private static boolean isPreferred(JsonNode stream) {
        return stream.path("disposition").path("default").asInt() == 1;
    }

    private static boolean isCover(JsonNode stream) {
        return stream.path("disposition").path("attached_pic").asInt() == 1;
    }

    private static AudioStream audio(JsonNode stream) {
        int channels = stream.path("channels").asInt();
        String layout = stream.path("channel_layout").asText("unknown");
        boolean named = !layout.isEmpty() && !layout.equals("unknown") && !layout.contains("channels");
        return new AudioStream(
                stream.path("index").asInt(),
                channels,
                named || SurveyCommand.isUsual(channels),
                isPreferred(stream),
                said(stream),
                new Span(0, 0));
    }

    private static AudioStream.Said said(JsonNode stream) {
        JsonNode marks = stream.path("disposition");
        JsonNode tags = stream.path("tags");
        return new AudioStream.Said(
                Languages.spoken(tags.path("language").asText()),
                tags.path("title").asText(),
                marks.path("visual_impaired").asInt() == 1
                        || marks.path("descriptions").asInt() == 1);
    }

    private static VideoStream video(JsonNode stream) {
        Ratio pixelShape = Ratio.parse(stream.path("sample_aspect_ratio").asText());
        int width = stream.path("width").asInt();
        int height = stream.path("height").asInt();
        return new VideoStream(
                stream.path("index").asInt(),
                stream.path("codec_name").asText(),
                width,
                height,
                pixelShape == null ? Ratio.ONE : pixelShape,
                rotation(stream.path("side_data_list")),
                Ratio.parse(stream.path("avg_frame_rate").asText()),
                Ratio.parse(stream.path("r_frame_rate").asText()),
                FIELDS_FIRST.contains(stream.path("field_order").asText()),
                Transfer.of(text(stream, "color_transfer")),
                Colours.of(
                        text(stream, "pix_fmt"),
                        text(stream, "color_space"),
                        text(stream, "color_primaries"),
                        text(stream, "color_transfer"),
                        width,
                        height),
                isPreferred(stream),
                new Span(0, 0),
                0);
    }

    private static String text(JsonNode stream, String name) {
        return stream.path(name).asText().toLowerCase(Locale.ROOT);
    }

    private static int rotation(JsonNode sideData) {
        for (JsonNode entry : sideData) {
            if (entry.has("rotation")) {
                return (int) Math.floorMod(Math.round(entry.path("rotation").asDouble() / 90) * 90, 360L);
            }
        }
        return 0;
    }

    /** 0 when it is not said. */
    private static double seconds(JsonNode node) {
        try {
            double seconds = Double.parseDouble(node.path("duration").asText());
            return seconds > 0 && Double.isFinite(seconds) ? seconds : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
