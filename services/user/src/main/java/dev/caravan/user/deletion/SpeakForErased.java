package dev.caravan.user.deletion;

import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.EndUploadsRequest;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Names the erased account of the row in the body as the caller, and asks in its name for its uploads to end. */
@Component
public class SpeakForErased implements Processor {

    @Override
    public void process(Exchange exchange) {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        Integer user = Objects.requireNonNull((Integer) row.get("user_id"), "user_id");
        exchange.setVariable("deletion", row.get("id"));
        exchange.getMessage().setHeader(Headers.USER_ID, String.valueOf(user));
        exchange.getMessage().setBody(EndUploadsRequest.newBuilder().setId(user).build());
    }
}
