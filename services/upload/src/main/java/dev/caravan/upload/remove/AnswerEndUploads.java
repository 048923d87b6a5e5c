package dev.caravan.upload.remove;

import dev.caravan.proto.upload.EndUploadsResponse;
import dev.caravan.proto.upload.EndUploadsResponseData;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says how many uploads there were in the list of those that were ended, and how many are kept. */
@Component
final class AnswerEndUploads implements Processor {

    @Override
    public void process(Exchange exchange) {
        int ended = exchange.getMessage().getBody(List.class).size();
        Integer kept = exchange.getVariable("kept", Integer.class);
        exchange.getMessage()
                .setBody(EndUploadsResponse.newBuilder()
                        .setMessage("Success")
                        .setData(EndUploadsResponseData.newBuilder()
                                .setEnded(ended)
                                .setKept(kept))
                        .build());
    }
}
