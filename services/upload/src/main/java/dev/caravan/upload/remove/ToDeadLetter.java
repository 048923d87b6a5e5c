package dev.caravan.upload.remove;

import dev.caravan.kernel.Headers;
import dev.caravan.kernel.amqp.DeadLetterHeaders;
import dev.caravan.upload.UploadHeaders;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes the message that an operator finds: the one that came, byte for byte, and where and why it was put aside. */
@Component
final class ToDeadLetter implements Processor {

    /** Variable with the body as it came. */
    private static final String DELIVERY = "delivery";

    private static final int LONGEST_FAILURE = 2000;
    private static final List<String> KEPT =
            List.of(Headers.TRACEPARENT, Headers.TRACESTATE, Headers.REQUEST_ID, SpringRabbitMQConstants.CONTENT_TYPE);

    private final String queue;

    ToDeadLetter(@Value("${amqp.upload-events-queue}") String queue) {
        this.queue = queue;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Object video = message.getHeader(UploadHeaders.VIDEO);
        message.removeHeaders("*", KEPT.toArray(String[]::new));
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String reason = failure instanceof MalformedMessageException ? "MALFORMED_MESSAGE" : "UNEXPECTED_FAILURE";
        DeadLetterHeaders.of(exchange, queue, reason, text(failure), video == null ? null : video.toString())
                .forEach(message::setHeader);
        message.setHeader(SpringRabbitMQConstants.DELIVERY_MODE, "PERSISTENT");
        message.setBody(exchange.getVariable(DELIVERY, byte[].class));
    }

    private static String text(@Nullable Throwable failure) {
        String text = String.valueOf(failure instanceof MalformedMessageException ? failure.getMessage() : failure);
        return text.substring(0, Math.min(LONGEST_FAILURE, text.length()));
    }
}
