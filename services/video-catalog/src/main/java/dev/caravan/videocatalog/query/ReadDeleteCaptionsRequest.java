package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.DeleteCaptionsRequest;
import dev.caravan.videocatalog.caption.LanguageTag;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes from the request which captions are to go, and by whom; afterwards the body is the statement's parameters. */
@Component
class ReadDeleteCaptionsRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        DeleteCaptionsRequest request = exchange.getMessage().getMandatoryBody(DeleteCaptionsRequest.class);
        Map<String, @Nullable Object> parameters = VideoOfCaller.note(exchange, request.getId());
        parameters.put("language", LanguageTag.of(request.getLanguage()).orElse(""));
        exchange.getMessage().setBody(parameters);
    }
}
