package dev.caravan.upload.imports;

import dev.caravan.proto.upload.CancelImportRequest;
import dev.caravan.proto.upload.FindImportRequest;
import dev.caravan.upload.Ids;
import dev.caravan.upload.UploadHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the header {@code videoId} to that of the import which a request names. */
@Component
final class ReadImportId implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String id = message.getBody() instanceof CancelImportRequest cancel
                ? cancel.getId()
                : message.getBody(FindImportRequest.class).getId();
        message.setHeader(UploadHeaders.VIDEO, Ids.read(id).orElseThrow(AnswerImport::unknown));
    }
}
