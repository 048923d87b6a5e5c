package dev.caravan.upload.imports;

import dev.caravan.upload.resumable.ResumableHeaders;
import dev.caravan.upload.resumable.ResumableRequest;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes a request without a byte more, which ends an upload that is whole. */
@Component
final class EmptyRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(ResumableHeaders.OFFSET, message.getHeader(ResumableHeaders.RECEIVED, Long.class));
        message.setBody(ResumableRequest.of(InputStream.nullInputStream(), 0));
    }
}
