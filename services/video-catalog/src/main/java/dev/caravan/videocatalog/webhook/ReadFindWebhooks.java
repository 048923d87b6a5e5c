package dev.caravan.videocatalog.webhook;

import dev.caravan.videocatalog.query.Caller;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code caller}, all of whose webhooks are asked for. */
@Component
class ReadFindWebhooks implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable(WebhookVariables.CALLER, Caller.required(exchange.getMessage()));
    }
}
