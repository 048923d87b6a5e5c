package dev.caravan.videocatalog.answer;

import dev.caravan.proto.videocatalog.DeleteMineResponse;
import dev.caravan.proto.videocatalog.DeleteMineResponseData;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says how many videos were in the list of those that were deleted, and how many remain. */
@Component
class AnswerDeleteMine implements Processor {

    @Override
    public void process(Exchange exchange) {
        int deleted = exchange.getMessage().getBody(List.class).size();
        Integer remaining = exchange.getVariable("remaining", Integer.class);
        exchange.getMessage()
                .setBody(DeleteMineResponse.newBuilder()
                        .setMessage("Success")
                        .setData(DeleteMineResponseData.newBuilder()
                                .setDeleted(deleted)
                                .setRemaining(remaining))
                        .build());
    }
}
