package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.VideoText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** What is said of an upload, and was said of it before. */
public final class Details {

    private Details() {}

    /**
     * Lets pass what says of an accepted upload what its row says.
     *
     * @param said by field: thumbnail_id, title, description, visibility, or the size of the video
     * @throws Fault ALREADY_EXISTS that names the fields that differ
     */
    public static void requireSame(Map<?, ?> row, Map<String, ?> said) {
        FieldErrors differences = new FieldErrors();
        said.forEach((field, value) -> {
            if (!Objects.equals(kept(row, field), value)) {
                differences.add(field, field + " is not the one that the upload was accepted with");
            }
        });
        if (!differences.sentences().isEmpty()) {
            throw Fault.conflict(
                    "ACCEPTED_OTHERWISE",
                    "This upload has been accepted already, with another "
                            + String.join(" and ", differences.sentences().keySet()) + ".",
                    differences.sentences());
        }
    }

    /** Rows of before may have text as it was written. */
    private static @Nullable Object kept(Map<?, ?> row, String field) {
        return switch (field) {
            case "title" -> VideoText.title(Objects.requireNonNull((String) row.get(field), field));
            case "description" -> VideoText.description(Objects.requireNonNull((String) row.get(field), field));
            case "video" -> row.get("size");
            default -> row.get(field);
        };
    }

    /** What the headers of a message say of an upload. */
    static Map<String, Object> of(Message message) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("thumbnail_id", message.getHeader(UploadHeaders.THUMBNAIL));
        said.put("title", message.getHeader(UploadHeaders.TITLE));
        said.put("description", message.getHeader(UploadHeaders.DESCRIPTION));
        said.put("visibility", message.getHeader(UploadHeaders.VISIBILITY));
        return said;
    }
}
