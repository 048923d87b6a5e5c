package dev.caravan.videocatalog.query;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks for the video that was changed, as its owner sees it: the parameters of {@code find-video.sql}. */
@Component
class ReadChangedVideo implements Processor {

    @Override
    public void process(Exchange exchange) {
        int id = exchange.getVariable("videoId", Integer.class);
        exchange.getMessage().setBody(parameters(exchange.getMessage(), id, ""));
    }

    /** @param link the secret of one, or empty */
    static Map<String, @Nullable Object> parameters(Message message, int id, String link) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("id", id);
        parameters.put("caller", Caller.of(message));
        parameters.put("admin", Caller.isAdmin(message));
        parameters.put("link", link.isEmpty() ? null : LinkSecret.hash(link));
        return parameters;
    }
}
