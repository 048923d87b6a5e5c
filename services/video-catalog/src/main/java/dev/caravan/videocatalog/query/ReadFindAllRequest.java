package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.FindAllRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Checks the request for all videos of a state, afterwards the body is the statement's parameters.
 */
@Component
class ReadFindAllRequest implements Processor {

    private static final String READY = "ready";
    static final List<String> STATES = List.of("uploaded", "encoding", READY, "failed");
    private static final Map<String, Order> SORTS = Map.of("newest", Order.NEWEST, "relevance", Order.RELEVANCE);

    @Override
    public void process(Exchange exchange) throws Exception {
        FindAllRequest request = exchange.getMessage().getMandatoryBody(FindAllRequest.class);
        FieldErrors errors = new FieldErrors();
        SearchWords words = SearchWords.of(request.getSearch(), errors);
        if (request.getOwner() < 0) {
            errors.add("owner", "owner must be at least 1");
        }
        String state = request.getState().isEmpty() ? READY : request.getState();
        errors.oneOf("state", state, STATES);
        String sort = request.getSort();
        if (!sort.isEmpty() && !SORTS.containsKey(sort)) {
            errors.add("sort", "sort must be one of newest, relevance");
        }
        Order order = words.words().isEmpty() ? Order.NEWEST : SORTS.get(sort);
        Page page = Page.of(request.getPage(), request.getSize(), request.getCursor(), order, errors);
        errors.orThrow();
        if (!READY.equals(state) && !Caller.isAdmin(exchange.getMessage())) {
            throw Fault.forbidden("NOT_AN_ADMIN", "Only administrators may list videos that are not ready.");
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("state", state);
        parameters.put("owner", request.getOwner());
        words.into(parameters);
        page.into(parameters, exchange);
        exchange.getMessage().setBody(parameters);
    }
}
