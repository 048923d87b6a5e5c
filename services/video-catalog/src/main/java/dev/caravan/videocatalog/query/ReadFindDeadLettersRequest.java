package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.FindDeadLettersRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Checks the request for dead letters; afterwards the body is the statement's parameters. */
@Component
class ReadFindDeadLettersRequest implements Processor {

    private static final List<String> STATES = List.of("open", "replayed", "discarded");

    @Override
    public void process(Exchange exchange) throws Exception {
        FindDeadLettersRequest request = exchange.getMessage().getMandatoryBody(FindDeadLettersRequest.class);
        FieldErrors errors = new FieldErrors();
        String state = request.getState().isEmpty() ? STATES.get(0) : request.getState();
        errors.oneOf("state", state, STATES);
        Page page = Page.of(request.getPage(), request.getSize(), request.getCursor(), errors);
        errors.orThrow();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("state", state);
        parameters.put("video_id", request.getVideoId());
        parameters.put("route", request.getRoute());
        page.into(parameters, exchange);
        exchange.getMessage().setBody(parameters);
    }
}
