package dev.caravan.upload.direct;

import dev.caravan.kernel.VideoText;
import dev.caravan.upload.Details;
import dev.caravan.upload.UploadHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes an upload for the accepted one of the same key, if it says the same before its body is read: title, description,
 * visibility and length, with a raw body. A form says nothing before.
 */
@Component
final class RepeatUpload implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getHeader(UploadHeaders.SAME_UPLOAD, Map.class);
        DirectUpload upload = message.getMandatoryBody(DirectUpload.class);
        if (!MultipartReader.reads(upload.contentType())) {
            Details.requireSame(row, said(upload));
        }
        message.setHeader(UploadHeaders.VIDEO, row.get("video_id"));
    }

    private static Map<String, Object> said(DirectUpload upload) {
        Map<String, Object> said = new HashMap<>();
        List<String> none = List.of();
        upload.query().getOrDefault("title", none).forEach(title -> said.put("title", VideoText.title(title)));
        upload.query()
                .getOrDefault("description", none)
                .forEach(description -> said.put("description", VideoText.description(description)));
        upload.query().getOrDefault("visibility", none).forEach(visibility -> said.put("visibility", visibility));
        if (upload.contentLength() >= 0) {
            said.put("video", upload.contentLength());
        }
        return said;
    }
}
