package dev.caravan.videocatalog.webhook;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.proto.videocatalog.CreateWebhookRequest;
import dev.caravan.videocatalog.query.Caller;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what a webhook is to be; afterwards the body is the parameters of {@code insert-webhook.sql}. */
@Component
class ReadCreateWebhook implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        int caller = Caller.required(exchange.getMessage());
        CreateWebhookRequest request = exchange.getMessage().getMandatoryBody(CreateWebhookRequest.class);
        if (request.getEverybody() && !Caller.isAdmin(exchange.getMessage())) {
            throw Fault.forbidden("NOT_AN_ADMIN", "Only administrators hear of everybody's videos.");
        }
        String description = UserText.line(request.getDescription());
        String format = request.getFormat().isEmpty() ? WebhookFields.STANDARD : request.getFormat();
        FieldErrors errors = new FieldErrors();
        WebhookFields.check(errors, request.getUrl(), description, request.getTypesList(), format);
        errors.orThrow();
        exchange.setVariable(WebhookVariables.CALLER, caller);
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("url", request.getUrl());
        parameters.put("description", description);
        parameters.put("types", WebhookFields.array(request.getTypesList()));
        parameters.put("everybody", request.getEverybody());
        parameters.put("format", format);
        exchange.getMessage().setBody(parameters);
    }
}
