package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The contract's answer to a health check: 200 when every service serves, 503 otherwise. */
@Component
final class RenderHealth implements Processor {

    @Override
    public void process(Exchange exchange) {
        Map<?, ?> services = exchange.getMessage().getBody(Map.class);
        boolean healthy = services.values().stream().allMatch(Boolean.TRUE::equals);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("message", healthy ? "All services are healthy!" : "Some services are not available!");
        ObjectNode data = answer.putObject("data");
        data.put("status", healthy ? "healthy" : "degraded");
        ObjectNode states = data.putObject("services");
        services.forEach((service, serves) ->
                states.put(String.valueOf(service), Boolean.TRUE.equals(serves) ? "healthy" : "unavailable"));
        JsonAnswer.put(exchange, healthy ? 200 : 503, JsonAnswer.CONTENT_TYPE, answer);
    }
}
