package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Upload-Metadata: names and values in Base64, separated by commas. */
final class Metadata {

    private final Map<String, byte[]> values = new HashMap<>();

    private Metadata() {}

    /**
     * @param header null for none
     * @throws Fault INVALID_FIELDS when it is not of that form, or says a name twice
     */
    static Metadata read(@Nullable String header) {
        Metadata metadata = new Metadata();
        if (header == null || header.isBlank()) {
            return metadata;
        }
        for (String pair : header.split(",", -1)) {
            String[] parts = pair.strip().split(" +", -1);
            if (parts[0].isEmpty() || parts.length > 2) {
                throw malformed();
            }
            try {
                byte[] value =
                        parts.length == 1 ? new byte[0] : Base64.getDecoder().decode(parts[1]);
                if (metadata.values.put(parts[0], value) != null) {
                    throw malformed();
                }
            } catch (IllegalArgumentException e) {
                throw malformed();
            }
        }
        return metadata;
    }

    /**
     * Null when nothing, or nothing but emptiness, is said of it.
     *
     * @throws Fault INVALID_FIELDS when it is no text
     */
    @Nullable
    String text(String name) {
        byte[] value = values.get(name);
        if (value == null || value.length == 0) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Fault.invalid(name, name + " must be text in UTF-8");
        }
    }

    private static Fault malformed() {
        return Fault.invalid(
                Tus.UPLOAD_METADATA,
                Tus.UPLOAD_METADATA + " must be names, each once, with their values in Base64, separated by commas");
    }
}
