package dev.caravan.upload.sources;

import dev.caravan.upload.UploadHeaders;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Has what the file beside a video says hold before what its source says of all; without a description the title is one. Keeps by which
 * upload the file was to come before.
 */
@Component
final class DescribeSourceFile implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(
                SourceHeaders.FORMER,
                message.getHeader(SourceHeaders.ROW) instanceof Map<?, ?> row ? row.get("video_id") : null);
        if (message.getHeader(SourceHeaders.TEXT) instanceof Map<?, ?> text) {
            for (String name :
                    new String[] {UploadHeaders.TITLE, UploadHeaders.DESCRIPTION, UploadHeaders.VISIBILITY}) {
                if (text.get(name) != null) {
                    message.setHeader(name, text.get(name));
                }
            }
        }
        if (message.getHeader(UploadHeaders.DESCRIPTION, String.class).isEmpty()) {
            message.setHeader(UploadHeaders.DESCRIPTION, message.getHeader(UploadHeaders.TITLE));
        }
    }
}
