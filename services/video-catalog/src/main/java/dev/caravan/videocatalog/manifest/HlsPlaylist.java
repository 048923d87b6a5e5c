package dev.caravan.videocatalog.manifest;

/** HLS playlists, of variants and of segments. */
final class HlsPlaylist {

    private static final String TAG = "#EXT-X-";
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
