package dev.caravan.apigateway;

import dev.caravan.proto.videocatalog.ReadCaptionsResponse;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Captions as the file that they are. */
@Component
final class RenderCaptions implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        String content =
                message.getMandatoryBody(ReadCaptionsResponse.class).getData().getContent();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "text/vtt; charset=utf-8");
        message.setHeader(Exchange.HTTP_CHUNKED, false);
        message.setHeader("Cache-Control", "no-store");
        message.setBody(content.getBytes(StandardCharsets.UTF_8));
    }
}
