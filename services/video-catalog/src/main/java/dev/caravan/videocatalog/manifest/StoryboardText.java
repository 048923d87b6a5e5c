package dev.caravan.videocatalog.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WebVTT whose cues are tiles of a picture: a URL with the place in it as a spatial fragment. */
final class StoryboardText {

    private static final Pattern TILE = Pattern.compile("(?m)^([^\\s#]+)(?=#xywh=)");

    private StoryboardText() {}

    /** The text with the query on every URL, before its fragment. */
    static String sign(String text, String query) {
        return TILE.matcher(text).replaceAll(tile -> Matcher.quoteReplacement(Reference.sign(tile.group(1), query)));
    }
}
