package dev.caravan.upload.announce;

import dev.caravan.kernel.Headers;
import dev.caravan.proto.encode.FindEncodingRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes of an upload's row the question to the encoder how its video fares, in its owner's name. */
@Component
final class BuildQuestion implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getMandatoryBody(Map.class);
        message.setHeader(Headers.USER_ID, String.valueOf(row.get("user_id")));
        message.setBody(FindEncodingRequest.newBuilder()
                .setVideoId(String.valueOf(row.get("video_id")))
                .build());
    }
}
