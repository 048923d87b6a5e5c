package dev.caravan.upload.announce;

import dev.caravan.kernel.log.LogContext;
import dev.caravan.upload.store.ObjectKeys;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Makes the message EncodeUploadedVideo of an upload's row. {@code thumbnail} is there when the user sent one. {@code size}
 * and {@code etag} say what was accepted of the video, {@code thumbnail_size} and {@code thumbnail_etag} of the thumbnail:
 * the addresses that they were put to work for a while yet, so whoever fetches them asks for these and no others.
 */
@Component
final class BuildAnnouncement implements Processor {

    static final String KEY = "EncodeUploadedVideo";

    @Override
    public void process(Exchange exchange) throws Exception {
        Map<?, ?> row = exchange.getMessage().getMandatoryBody(Map.class);
        LogContext.video(exchange, row.get("video_id"));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("video_id", String.valueOf(row.get("video_id")));
        data.put("thumbnail_id", String.valueOf(row.get("thumbnail_id")));
        data.put("title", row.get("title"));
        data.put("description", row.get("description"));
        data.put(
                "published_at",
                Objects.requireNonNull((Timestamp) row.get("published_at"))
                        .toInstant()
                        .toString());
        data.put("user_id", row.get("user_id"));
        if (Boolean.TRUE.equals(row.get("thumbnail"))) {
            data.put("thumbnail", ObjectKeys.thumbnail(Objects.requireNonNull((UUID) row.get("thumbnail_id"))));
            if (row.get("thumbnail_size") != null) {
                data.put("thumbnail_size", row.get("thumbnail_size"));
                data.put("thumbnail_etag", row.get("thumbnail_etag"));
            }
        }
        if (row.get("size") != null) {
            data.put("size", row.get("size"));
            data.put("etag", row.get("etag"));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("key", KEY);
        message.put("data", data);
        exchange.getMessage().setBody(message);
    }
}
