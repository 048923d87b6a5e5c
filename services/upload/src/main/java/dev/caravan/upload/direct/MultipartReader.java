package dev.caravan.upload.direct;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/** Reads a body of {@code multipart/form-data} part by part, as it comes, without keeping any. */
final class MultipartReader {

    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_PART_HEADER = 8 * 1024;
    private static final int MOST_PARTS = 50;

    private final MultipartInput input;
    private @Nullable InputStream open;
    private int parts;

    /** @throws IOException when the content type names no boundary */
    MultipartReader(String contentType, InputStream body) throws IOException {
        String boundary = parameters(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw new FileUploadException("no boundary");
        }
        input = MultipartInput.builder()
                .setInputStream(body)
                .setBufferSize(BUFFER)
                .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                .setPartHeaderSizeMax(LONGEST_PART_HEADER)
                .get();
        input.setHeaderCharset(StandardCharsets.UTF_8);
    }

    static boolean reads(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /**
     * A part of a form.
     *
     * @param name of the field
     * @param content to be read before the next part is asked for; what is left is skipped then
     */
    record Part(String name, InputStream content) {}

    /**
     * The next part, or null after the last.
     *
     * @throws IOException when the body ends in the middle or is not multipart
     */
    @Nullable
    Part next() throws IOException {
        if (open == null) {
            if (!input.skipPreamble()) {
                throw new FileUploadException("no part");
            }
        } else {
            open.close();
            if (!input.readBoundary()) {
                return null;
            }
        }
        if (++parts > MOST_PARTS) {
            throw new FileUploadException("more than " + MOST_PARTS + " parts");
        }
        String name = name(input.readHeaders());
        InputStream content = input.newInputStream();
        open = content;
        return new Part(name, content);
    }

    private static String name(String headers) throws IOException {
        // A header may go on in a line that begins with a blank.
        for (String header : headers.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
            int colon = header.indexOf(':');
            if (colon > 0 && header.substring(0, colon).strip().equalsIgnoreCase("content-disposition")) {
                String name = parameters(header.substring(colon + 1)).get("name");
                if (name != null) {
                    return name;
                }
            }
        }
        throw new FileUploadException("a part without a name");
    }

    private static Map<String, @Nullable String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }
}
