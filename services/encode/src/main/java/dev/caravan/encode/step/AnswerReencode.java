package dev.caravan.encode.step;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.ReencodeResponse;
import dev.caravan.proto.encode.ReencodeResponseData;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says that a video is encoded again, whose row is in the body; throws a fault when it is being encoded anyway. */
@Component
public class AnswerReencode implements Processor {

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getBody(Map.class) == null) {
            throw Fault.precondition("ENCODING_NOT_OVER", "The video waits to be encoded, or is being encoded.");
        }
        exchange.getMessage()
                .setBody(ReencodeResponse.newBuilder()
                        .setMessage("Success")
                        .setData(ReencodeResponseData.getDefaultInstance())
                        .build());
    }
}
