package dev.caravan.encode.presentation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The HLS playlist of one track.
 *
 * @param init name of the file that a player needs before any segment
 * @param segments names, in their order
 * @param lengths seconds of each segment
 * @param longest seconds that no segment exceeds once rounded
 * @param ended whether it says that nothing more comes
 */
public record HlsPlaylist(String init, List<String> segments, List<Double> lengths, int longest, boolean ended) {

    private static final String MAP = "#EXT-X-MAP:";
    private static final String LENGTH = "#EXTINF:";
    private static final String LONGEST = "#EXT-X-TARGETDURATION:";

    /** @throws dev.caravan.kernel.Fault when it is no playlist */
    public static HlsPlaylist read(Path file) throws IOException {
        String init = "";
        List<String> segments = new ArrayList<>();
        List<Double> lengths = new ArrayList<>();
        int longest = 0;
        boolean ended = false;
        try {
            for (String line : HlsMaster.lines(file)) {
                if (line.startsWith(MAP)) {
                    init = HlsTag.parse(line).value("URI");
                } else if (line.startsWith(LENGTH)) {
                    lengths.add(Double.parseDouble(line.substring(LENGTH.length(), line.indexOf(','))));
                } else if (line.startsWith(LONGEST)) {
                    longest = Integer.parseInt(line.substring(LONGEST.length()));
                } else if (line.equals("#EXT-X-ENDLIST")) {
                    ended = true;
                } else if (!line.startsWith("#")) {
                    segments.add(line);
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Unplayable.because("the HLS playlist %s cannot be read", file.getFileName());
        }
        if (lengths.size() != segments.size()) {
            throw Unplayable.because("the HLS playlist %s cannot be read", file.getFileName());
        }
        return new HlsPlaylist(init, List.copyOf(segments), List.copyOf(lengths), longest, ended);
    }

    /** The sum of its segments, in seconds. */
    public double length() {
        return lengths.stream().mapToDouble(Double::doubleValue).sum();
    }
}
