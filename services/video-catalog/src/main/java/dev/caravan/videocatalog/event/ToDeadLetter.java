package dev.caravan.videocatalog.event;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the message that an operator finds: the one that came, byte for byte, and why it was put aside. */
@Component
class ToDeadLetter implements Processor {

    static final String DELIVERY = "delivery";
    private static final int LONGEST_REASON = 500;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(exchange.getVariable(DELIVERY, byte[].class));
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String reason = String.valueOf(caught == null ? null : caught.getMessage());
        message.setHeader("x-failure", reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
    }
}
