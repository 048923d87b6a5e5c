package dev.caravan.videocatalog.answer;

import dev.caravan.proto.videocatalog.DeleteResponse;
import dev.caravan.proto.videocatalog.DeleteResponseData;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers that a video is deleted. */
@Component
class AnswerDeletion implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage()
                .setBody(DeleteResponse.newBuilder()
                        .setMessage("Success")
                        .setData(DeleteResponseData.getDefaultInstance())
                        .build());
    }
}
