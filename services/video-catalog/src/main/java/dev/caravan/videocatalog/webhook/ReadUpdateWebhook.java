package dev.caravan.videocatalog.webhook;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.proto.videocatalog.UpdateWebhookRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks what a webhook is to become; afterwards the body is the parameters of {@code update-webhook.sql}, null for what stays as it
 * is.
 */
@Component
class ReadUpdateWebhook implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        UpdateWebhookRequest request = exchange.getMessage().getMandatoryBody(UpdateWebhookRequest.class);
        String url = request.hasUrl() ? request.getUrl() : null;
        String description = request.hasDescription() ? UserText.line(request.getDescription()) : null;
        List<String> types = request.hasTypes() ? texts(request.getTypes()) : null;
        String format = request.hasFormat() ? request.getFormat() : null;
        FieldErrors errors = new FieldErrors();
        WebhookFields.check(errors, url, description, types, format);
        errors.orThrow();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("url", url);
        parameters.put("description", description);
        parameters.put("types", types == null ? null : WebhookFields.array(types));
        parameters.put("format", format);
        parameters.put("enabled", request.hasEnabled() ? request.getEnabled() : null);
        exchange.getMessage().setBody(parameters);
    }

    private static List<String> texts(ListValue values) {
        return values.getValuesList().stream().map(Value::getStringValue).toList();
    }
}
