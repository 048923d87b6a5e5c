package dev.caravan.encode.media;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that a file says it has beside picture and sound.
 *
 * @param tracks of captions, which are text and no pictures
 * @param chapters in the order of the file
 */
public record FileTexts(List<Track> tracks, List<Chapter> chapters) {

    /**
     * Captions.
     *
     * @param index of the stream
     * @param language BCP 47, of no other track; {@code und} where the file says none
     * @param title empty when there is none
     * @param isDefault whether the file marks it as the one to show
     */
    public record Track(int index, String language, String title, boolean isDefault) {}

    /** A chapter, from these seconds of the file on. */
    public record Chapter(double seconds, String title) {}

    private static final int MOST_TRACKS = 20;
    private static final int MOST_CHAPTERS = 200;
    private static final int LONGEST_TITLE = 100;

    /** What ffmpeg makes text of. The others are pictures of text. */
    private static final Set<String> CODECS = Set.of("mov_text", "subrip", "srt", "ass", "ssa", "webvtt", "text");

    /** Reads ffprobe's JSON. */
    public static FileTexts read(JsonNode report) {
        List<Track> tracks = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode stream : report.path("streams")) {
            if (CODECS.contains(stream.path("codec_name").asText()) && tracks.size() < MOST_TRACKS) {
                int index = stream.path("index").asInt();
                String language =
                        Languages.tag(stream.path("tags").path("language").asText());
                tracks.add(new Track(
                        index,
                        taken.add(language) ? language : language + "-x-track" + Math.min(index, 999),
                        cut(stream.path("tags").path("title").asText()),
                        stream.path("disposition").path("default").asInt() == 1));
            }
        }
        List<Chapter> chapters = new ArrayList<>();
        for (JsonNode chapter : report.path("chapters")) {
            String title = cut(chapter.path("tags").path("title").asText());
            if (!title.isBlank() && chapters.size() < MOST_CHAPTERS) {
                chapters.add(new Chapter(chapter.path("start_time").asDouble(), title));
            }
        }
        return new FileTexts(List.copyOf(tracks), List.copyOf(chapters));
    }

    private static String cut(String title) {
        return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title;
    }
}
