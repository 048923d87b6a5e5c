package dev.caravan.videocatalog.webhook;

import com.google.protobuf.Message;
import dev.caravan.kernel.Fault;
import dev.caravan.videocatalog.query.Caller;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variables {@code caller} and {@code webhook_id} to who asks and the webhook that the request names by its id. */
@Component
class ReadWebhookId implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message request = exchange.getMessage().getMandatoryBody(Message.class);
        String id = (String) request.getField(request.getDescriptorForType().findFieldByName("id"));
        exchange.setVariable(WebhookVariables.CALLER, Caller.required(exchange.getMessage()));
        exchange.setVariable(WebhookVariables.WEBHOOK, uuid(id, "WEBHOOK_UNKNOWN", "There is no such webhook."));
    }

    static UUID uuid(String text, String reason, String sentence) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Fault.notFound(reason, sentence);
        }
    }
}
