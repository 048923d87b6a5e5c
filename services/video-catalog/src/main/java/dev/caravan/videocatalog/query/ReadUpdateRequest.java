package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.UpdateRequest;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks what a request changes of which video, of which revision and by whom; afterwards the body is the parameters of
 * {@code update-video.sql}.
 */
@Component
class ReadUpdateRequest implements Processor {

    private final Clock clock = Clock.systemUTC();

    @Override
    public void process(Exchange exchange) throws Exception {
        UpdateRequest request = exchange.getMessage().getMandatoryBody(UpdateRequest.class);
        Map<String, @Nullable Object> parameters = VideoOfCaller.note(exchange, request.getId());
        FieldErrors errors = new FieldErrors();
        parameters.put("revisions", request.hasIfMatch() ? EntityTags.revisions(request.getIfMatch(), errors) : null);
        errors.orThrow();
        parameters.putAll(Changes.of(request, clock));
        exchange.getMessage().setBody(parameters);
    }
}
