package dev.caravan.encode.media;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came of decoding the beginning of each stream; fed with the lines of {@link ProbeCommand#samples}. */
public final class Samples implements Consumer<String> {

    private static final Pattern STREAM = Pattern.compile("stream_index=(\\d{1,9})");
    private static final Pattern SIZE = Pattern.compile("width=(\\d{1,9})\\|height=(\\d{1,9})");
    private static final int MOST_STREAMS = 1000;

    private final Map<Integer, int[]> largest = new HashMap<>();

    @Override
    public void accept(String line) {
        Matcher stream = STREAM.matcher(line);
        if (!stream.find() || largest.size() > MOST_STREAMS) {
            return;
        }
        int[] size = largest.computeIfAbsent(Integer.valueOf(stream.group(1)), index -> new int[2]);
        Matcher seen = SIZE.matcher(line);
        if (seen.find()) {
            int width = Integer.parseInt(seen.group(1));
            int height = Integer.parseInt(seen.group(2));
            if ((long) width * height > (long) size[0] * size[1]) {
                size[0] = width;
                size[1] = height;
            }
        }
    }

    /** Whether anything of the stream could be decoded. */
    boolean has(int index) {
        return largest.containsKey(index);
    }

    VideoStream sized(VideoStream picture) {
        int[] size = largest.get(picture.index());
        return size == null || size[0] == 0 ? picture : picture.sized(size[0], size[1]);
    }
}
