package dev.caravan.user.answer;

import dev.caravan.proto.user.ChangePasswordResponse;
import dev.caravan.proto.user.ChangePasswordResponseData;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The answer to a caller who has another password now. */
@Component
public class AnswerPasswordChange implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage()
                .setBody(ChangePasswordResponse.newBuilder()
                        .setMessage(Rows.SUCCESS)
                        .setData(ChangePasswordResponseData.getDefaultInstance())
                        .build());
    }
}
