package dev.caravan.upload.resumable;

import dev.caravan.upload.UploadHeaders;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers how far an upload is, of which video, until when it waits for more, and without a body. */
@Component
final class RenderResumable implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getHeader(ResumableHeaders.ROW, Map.class);
        Map<?, ?> noted = message.getHeader(ResumableHeaders.NOTED, Map.class);
        Long received = message.getHeader(ResumableHeaders.RECEIVED, Long.class);
        message.setHeader(Tus.TUS_RESUMABLE, Tus.VERSION);
        message.setHeader(Tus.UPLOAD_OFFSET, received.toString());
        message.setHeader(
                Tus.VIDEO_ID, message.getHeader(UploadHeaders.VIDEO, UUID.class).toString());
        message.setHeader("Cache-Control", "no-store");
        if (!received.equals(row.get("length"))) {
            message.setHeader(Tus.UPLOAD_EXPIRES, httpDate((noted == null ? row : noted).get("expires_at")));
        }
        if ("HEAD".equals(message.getHeader(ResumableHeaders.METHOD))) {
            message.setHeader(Tus.UPLOAD_LENGTH, String.valueOf(row.get("length")));
            message.setHeader(Tus.UPLOAD_METADATA, row.get("metadata"));
        }
        message.setBody(null);
    }

    private static String httpDate(@Nullable Object moment) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ((Timestamp) Objects.requireNonNull(moment)).toInstant().atOffset(ZoneOffset.UTC));
    }
}
