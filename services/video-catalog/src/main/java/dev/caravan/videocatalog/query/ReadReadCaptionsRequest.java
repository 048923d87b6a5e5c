package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.ReadCaptionsRequest;
import dev.caravan.videocatalog.caption.LanguageTag;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes from the request which captions are asked for; afterwards the body is the statement's parameters. */
@Component
class ReadReadCaptionsRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        ReadCaptionsRequest request = exchange.getMessage().getMandatoryBody(ReadCaptionsRequest.class);
        Map<String, @Nullable Object> parameters =
                ReadChangedVideo.parameters(exchange.getMessage(), request.getId(), request.getLink());
        parameters.put("language", LanguageTag.of(request.getLanguage()).orElse(""));
        exchange.getMessage().setBody(parameters);
    }
}
