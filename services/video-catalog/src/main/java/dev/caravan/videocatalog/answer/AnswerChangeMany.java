package dev.caravan.videocatalog.answer;

import dev.caravan.proto.videocatalog.ChangeManyResponse;
import dev.caravan.proto.videocatalog.ChangeManyResponseData;
import dev.caravan.proto.videocatalog.Refusal;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Tells of each video in the body, in their order, that it was changed, or why not: an id, or a {@link Refusal}. */
@Component
class AnswerChangeMany implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        ChangeManyResponseData.Builder data = ChangeManyResponseData.newBuilder();
        for (Object outcome : exchange.getMessage().getMandatoryBody(List.class)) {
            if (outcome instanceof Refusal refusal) {
                data.addRefused(refusal);
            } else if (outcome instanceof Integer id) {
                data.addChanged(id);
            }
        }
        exchange.getMessage()
                .setBody(ChangeManyResponse.newBuilder()
                        .setMessage("Success")
                        .setData(data)
                        .build());
    }
}
