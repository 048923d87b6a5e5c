package dev.caravan.encode.media;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the time of any track goes back, as it does where streams were joined; fed with {@link ProbeCommand#times}. */
public final class Jumps implements Consumer<String> {

    private static final Pattern PACKET = Pattern.compile("(\\d{1,9})\\|(-?\\d{1,12}(?:\\.\\d{1,9})?)");
    private static final double LEAST = 0.1;
    private static final int MOST_STREAMS = 1000;

    private final Map<Integer, Double> last = new HashMap<>();
    private boolean back;

    @Override
    public void accept(String line) {
        Matcher packet = PACKET.matcher(line);
        if (packet.lookingAt() && last.size() < MOST_STREAMS) {
            double time = Double.parseDouble(packet.group(2));
            Double before = last.put(Integer.valueOf(packet.group(1)), time);
            back |= before != null && time < before - LEAST;
        }
    }

    /** Whether one does. */
    public boolean back() {
        return back;
    }
}
