package dev.caravan.videocatalog.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Captions as a manifest names them. Their files are none in the object store.
 *
 * @param language BCP 47
 * @param name what viewers choose them by, which no other captions of the video have
 * @param isDefault whether they are shown unless a viewer chooses otherwise
 */
record ShownCaptions(String language, String name, boolean isDefault) {

    /** The variable with the rows of {@code find-shown-captions.sql}. */
    static final String VARIABLE = "captions";

    private static final String PREFIX = "captions-";

    /** Of the text, as its media playlist and the DASH manifest name it. */
    static String textFile(String language) {
        return PREFIX + language + ".vtt";
    }

    String playlist() {
        return PREFIX + language + ".m3u8";
    }

    String file() {
        return textFile(language);
    }

    /** @param rows of {@code find-shown-captions.sql} */
    static List<ShownCaptions> of(List<Map<String, @Nullable Object>> rows) {
        List<ShownCaptions> captions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Map<String, @Nullable Object> row : rows) {
            String language = String.valueOf(row.get("language"));
            String label = String.valueOf(row.get("label"));
            String name = names.add(label) ? label : label + " (" + language + ")";
            names.add(name);
            captions.add(new ShownCaptions(language, name, Boolean.TRUE.equals(row.get("is_default"))));
        }
        return captions;
    }
}
