package dev.caravan.apigateway.share;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a player is, in CSS pixels. */
record Frame(int width, int height) {

    private static final Pattern RESOLUTION = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");
    private static final Frame UNKNOWN = new Frame(16, 9);

    /** In the proportions of a video. */
    static Frame of(String resolution) {
        Matcher matcher = RESOLUTION.matcher(resolution);
        return matcher.matches()
                ? new Frame(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : UNKNOWN;
    }

    /** As large as there is room for it, in the same proportions. */
    Frame within(int mostWidth, int mostHeight) {
        return (long) width * mostHeight > (long) height * mostWidth
                ? new Frame(mostWidth, (int) Math.max(1, Math.round((double) mostWidth * height / width)))
                : new Frame((int) Math.max(1, Math.round((double) mostHeight * width / height)), mostHeight);
    }
}
