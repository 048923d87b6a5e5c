package dev.caravan.upload.direct;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a body of {@code multipart/form-data} part by part, as it comes, without keeping any. */
final class MultipartReader {

    private static final int LONGEST_PART_HEADER = 8 * 1024;
    private static final int MOST_PARTS = 50;

    private final FormBody form;
    private int parts;

    /** @throws IOException when the content type names no boundary */
    MultipartReader(String contentType, InputStream body) throws IOException {
        String boundary = parameters(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw new IOException("no boundary");
        }
        form = new FormBody(body, boundary);
    }

    static boolean reads(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /**
     * A part of a form.
     *
     * @param name of the field
     * @param charset that the part says its text is in; null when it says none
     * @param content to be read before the next part is asked for; what is left is skipped then
     */
    record Part(String name, @Nullable String charset, InputStream content) {}

    /**
     * The next part, or null after the last.
     *
     * @throws IOException when the body ends in the middle or is not multipart
     */
    @Nullable
    Part next() throws IOException {
        if (!form.nextPart()) {
            if (parts == 0) {
                throw new IOException("no part");
            }
            return null;
        }
        if (++parts > MOST_PARTS) {
            throw new IOException("more than " + MOST_PARTS + " parts");
        }
        String headers = form.readHead(LONGEST_PART_HEADER);
        String name = parameters(header(headers, "content-disposition")).get("name");
        if (name == null) {
            throw new IOException("a part without a name");
        }
        return new Part(name, parameters(header(headers, "content-type")).get("charset"), form.content());
    }

    /** The value of a header of a part; empty when it has none of that name. */
    private static String header(String headers, String name) {
        // A header may go on in a line that begins with a blank.
        for (String header : headers.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
            int colon = header.indexOf(':');
            if (colon > 0 && header.substring(0, colon).strip().equalsIgnoreCase(name)) {
                return header.substring(colon + 1);
            }
        }
        return "";
    }

    /** By name in small letters. A file's name may be anything: nothing in it is decoded, and nobody looks at it. */
    private static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : split(header)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                parameters.putIfAbsent(
                        name, unquoted(parameter.substring(equals + 1).strip()));
            }
        }
        return parameters;
    }

    /** At each semicolon outside of quotation marks. */
    private static List<String> split(String header) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        boolean escaped = false;
        for (int index = 0; index < header.length(); index++) {
            char character = header.charAt(index);
            if (character == ';' && !quoted) {
                pieces.add(header.substring(start, index));
                start = index + 1;
            } else if (character == '"' && !escaped) {
                quoted = !quoted;
            }
            escaped = quoted && character == '\\' && !escaped;
        }
        pieces.add(header.substring(start));
        return pieces;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
