package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.VideoText;
import dev.caravan.proto.videocatalog.FindMineRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the request for the caller's own videos; afterwards the body is the statement's parameters. */
@Component
class ReadFindMineRequest implements Processor {

    private static final String OLDEST = "oldest";
    private static final List<String> SORTS = List.of("newest", OLDEST);

    @Override
    public void process(Exchange exchange) throws Exception {
        int caller = Caller.required(exchange.getMessage());
        FindMineRequest request = exchange.getMessage().getMandatoryBody(FindMineRequest.class);
        FieldErrors errors = new FieldErrors();
        SearchWords words = SearchWords.of(request.getSearch(), errors);
        errors.oneOf("state", said(request.getState()), ReadFindAllRequest.STATES)
                .oneOf("visibility", said(request.getVisibility()), VideoText.VISIBILITIES)
                .oneOf("sort", said(request.getSort()), SORTS);
        Page page = Page.of(request.getPage(), request.getSize(), request.getCursor(), errors);
        errors.orThrow();
        boolean oldest = request.getSort().equals(OLDEST);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("caller", caller);
        parameters.put("state", request.getState());
        parameters.put("visibility", request.getVisibility());
        parameters.put("trashed", request.getTrashed());
        parameters.put("oldest", oldest);
        words.into(parameters);
        page.into(parameters, exchange);
        if (oldest && page.after() == null) {
            parameters.put("after", "-infinity");
        }
        exchange.getMessage().setBody(parameters);
    }

    private static @Nullable String said(String value) {
        return value.isEmpty() ? null : value;
    }
}
