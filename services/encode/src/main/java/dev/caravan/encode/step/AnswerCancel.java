package dev.caravan.encode.step;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.CancelResponse;
import dev.caravan.proto.encode.CancelResponseData;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says that an encoding was cancelled, whose row is in the body; throws a fault when there was nothing to cancel. */
@Component
public class AnswerCancel implements Processor {

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getBody(Map.class) == null) {
            throw Fault.precondition("ENCODING_OVER", "The encoding is over already.");
        }
        exchange.getMessage()
                .setBody(CancelResponse.newBuilder()
                        .setMessage("Success")
                        .setData(CancelResponseData.getDefaultInstance())
                        .build());
    }
}
