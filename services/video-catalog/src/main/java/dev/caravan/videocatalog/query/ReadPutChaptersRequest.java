package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.PutChaptersRequest;
import dev.caravan.videocatalog.caption.Chapters;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the chapters of a video; afterwards the body is the parameters of {@code put-chapters.sql}. */
@Component
class ReadPutChaptersRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        PutChaptersRequest request = exchange.getMessage().getMandatoryBody(PutChaptersRequest.class);
        Map<String, @Nullable Object> parameters = VideoOfCaller.note(exchange, request.getId());
        parameters.put("chapters", Chapters.of(request.getChaptersList()).toString());
        exchange.getMessage().setBody(parameters);
    }
}
