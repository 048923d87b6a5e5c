package dev.caravan.videocatalog.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.EditDeadLetterRequest;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes from a request about one dead letter which it is, into the variable {@code letterId}, and its new body where there
 * is one; afterwards the body of the exchange is the statement's parameters.
 */
@Component
class ReadDeadLetterRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message request = exchange.getMessage().getMandatoryBody(Message.class);
        Object id = request.getField(request.getDescriptorForType().findFieldByName("id"));
        exchange.setVariable("letterId", id);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", id);
        if (request instanceof EditDeadLetterRequest edit) {
            new FieldErrors().required("body", edit.getBody()).orThrow();
            parameters.put("body", edit.getBody().getBytes(UTF_8));
        }
        exchange.getMessage().setBody(parameters);
    }
}
