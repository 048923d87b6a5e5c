package dev.caravan.upload;

import dev.caravan.proto.upload.UploadedWebhookResponse;
import dev.caravan.proto.upload.UploadedWebhookResponseData;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says that the video is accepted, the first time as every other. */
@Component
final class AnswerWebhook implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage()
                .setBody(UploadedWebhookResponse.newBuilder()
                        .setMessage("Success")
                        .setData(UploadedWebhookResponseData.getDefaultInstance())
                        .build());
    }
}
