package dev.caravan.videocatalog.manifest;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** HLS playlists, of variants and of segments. */
final class HlsPlaylist {

    private static final String TAG = "#EXT-X-";
    private static final String VARIANT = "#EXT-X-STREAM-INF:";
    private static final int MILLIS = 1000;
    private static final String ATTRIBUTE = "URI=\"";
    /** A segment's line without its query. */
    private static final int USUAL_LINE = 48;

    private HlsPlaylist() {}

    /** The playlist with the query on every URL: those on lines of their own, and those in tags' URI attributes. */
    static String sign(String playlist, String query) {
        int size = playlist.length() + playlist.length() / USUAL_LINE * query.length();
        StringBuilder signed = new StringBuilder(size);
        for (int start = 0; start < playlist.length(); ) {
            int end = playlist.indexOf('\n', start);
            end = end < 0 ? playlist.length() : end + 1;
            signLine(playlist.substring(start, end), query, signed);
            start = end;
        }
        return signed.toString();
    }

    /** The playlist of variants with these captions, which each variant can be shown with; another playlist as it is. */
    static String withCaptions(String playlist, List<ShownCaptions> captions) {
        int first = playlist.indexOf(VARIANT);
        if (captions.isEmpty() || first < 0) {
            return playlist;
        }
        String media = captions.stream().map(HlsPlaylist::media).collect(Collectors.joining());
        String variants = playlist.substring(first)
                .lines()
                .map(line -> line.startsWith(VARIANT) ? line + ",SUBTITLES=\"captions\"" : line)
                .collect(Collectors.joining("\n", "", "\n"));
        return playlist.substring(0, first) + media + variants;
    }

    /** In a quoted string of a playlist nothing can be escaped. */
    private static String media(ShownCaptions captions) {
        return "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"captions\",NAME=\"%s\",LANGUAGE=\"%s\",DEFAULT=%s,AUTOSELECT=YES,URI=\"%s\"\n"
                .formatted(
                        captions.name().replace('"', '\''),
                        captions.language(),
                        captions.isDefault() ? "YES" : "NO",
                        captions.playlist());
    }

    /** A playlist whose only segment is the text of captions, as long as the video. */
    static String ofCaptions(String file, long millis) {
        return String.format(
                Locale.ROOT,
                "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:%d\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
                        + "#EXTINF:%.3f,\n%s\n#EXT-X-ENDLIST\n",
                (millis + MILLIS - 1) / MILLIS,
                (double) millis / MILLIS,
                file);
    }

    private static void signLine(String line, String query, StringBuilder signed) {
        if (line.startsWith(TAG)) {
            signTag(line, query, signed);
        } else if (line.startsWith("#")) {
            signed.append(line);
        } else {
            String reference = line.strip();
            int at = line.indexOf(reference);
            signed.append(line, 0, at)
                    .append(Reference.sign(reference, query))
                    .append(line, at + reference.length(), line.length());
        }
    }

    private static void signTag(String line, String query, StringBuilder signed) {
        int attribute = attributeIn(line);
        int start = attribute + ATTRIBUTE.length();
        int end = attribute < 0 ? -1 : line.indexOf('"', start);
        if (end < 0) {
            signed.append(line);
        } else {
            signed.append(line, 0, start)
                    .append(Reference.sign(line.substring(start, end), query))
                    .append(line, end, line.length());
        }
    }

    /** Where the attribute URI begins; not one whose name only ends so. */
    private static int attributeIn(String line) {
        int at = line.indexOf(ATTRIBUTE);
        while (at > 0 && line.charAt(at - 1) != ':' && line.charAt(at - 1) != ',') {
            at = line.indexOf(ATTRIBUTE, at + 1);
        }
        return at;
    }
}
