package dev.caravan.videocatalog.answer;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Why one of many videos, whose id is in the variable {@code videoId}, was not changed: the {@link Fault} at hand. */
@Component
class AnswerRefusal implements Processor {

    @Override
    public void process(Exchange exchange) {
        Fault fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Fault.class);
        exchange.getMessage()
                .setBody(Refusal.newBuilder()
                        .setId(exchange.getVariable("videoId", Integer.class))
                        .setReason(fault.reason())
                        .setDetail(fault.getMessage())
                        .build());
    }
}
