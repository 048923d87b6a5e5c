package dev.caravan.upload.resumable;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes from a request that brings bytes of an upload where they begin and what their checksum is. */
@Component
final class ReadBytes implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ResumableRequest request = message.getMandatoryBody(ResumableRequest.class);
        if (!request.hasBytes()) {
            throw ReadCreation.wrongType();
        }
        message.setHeader(ResumableHeaders.OFFSET, ReadCreation.number(Tus.UPLOAD_OFFSET, request.offset()));
        message.setHeader(ResumableHeaders.CHECKSUM, Checksum.read(request.checksum()));
    }
}
