package dev.caravan.videocatalog.caption;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.proto.videocatalog.Chapter;
import java.util.Collection;
import java.util.Comparator;

/** Chapters of a video, in the order of their beginnings. */
public final class Chapters {

    /** Of one video. */
    public static final int MOST = 200;

    /** Code points of a title. */
    public static final int LONGEST_TITLE = 200;

    /** More than any video has. */
    public static final double LATEST = 1_000_000;

    private static final double MILLIS = 1000;

    private Chapters() {}

    /**
     * As a JSON array, sorted.
     *
     * @throws dev.caravan.kernel.Fault that says what is wrong with them
     */
    public static ArrayNode of(Collection<Chapter> chapters) {
        FieldErrors errors = new FieldErrors();
        if (chapters.size() > MOST) {
            errors.add("chapters", "chapters must be at most " + MOST);
        }
        if (chapters.stream().mapToDouble(Chapter::getSeconds).distinct().count() < chapters.size()) {
            errors.add("chapters", "chapters must each have another beginning");
        }
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        chapters.stream()
                .sorted(Comparator.comparingDouble(Chapter::getSeconds))
                .forEach(chapter -> kept.addObject()
                        .put("seconds", seconds(chapter.getSeconds(), errors))
                        .put("title", title(chapter.getTitle(), errors)));
        errors.orThrow();
        return kept;
    }

    private static double seconds(double seconds, FieldErrors errors) {
        if (!(seconds >= 0 && seconds <= LATEST)) {
            errors.add("seconds", "seconds must be from 0 to 1000000");
        }
        return Math.round(seconds * MILLIS) / MILLIS;
    }

    private static String title(String written, FieldErrors errors) {
        String title = UserText.line(written).strip();
        errors.required("title", title).length("title", title, 1, LONGEST_TITLE).line("title", title);
        return title;
    }
}
