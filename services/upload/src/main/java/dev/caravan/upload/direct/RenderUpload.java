package dev.caravan.upload.direct;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.upload.UploadHeaders;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers 201 with the id of the video, in the message that came: {@link TraceBinding} asks it for what is unread. */
@Component
final class RenderUpload implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("message", "Success");
        answer.putObject("data")
                .put(
                        "video_id",
                        message.getHeader(UploadHeaders.VIDEO, UUID.class).toString());
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(answer.toString());
    }
}
