package dev.caravan.apigateway;

import dev.caravan.proto.user.FindAvatarResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** A picture as the file that it is; another one has another name. */
@Component
final class RenderAvatar implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        byte[] picture = message.getMandatoryBody(FindAvatarResponse.class)
                .getData()
                .getImage()
                .toByteArray();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "image/jpeg");
        message.setHeader(Exchange.HTTP_CHUNKED, false);
        message.setHeader("Cache-Control", "public, max-age=86400, immutable");
        message.setBody(picture);
    }
}
