package dev.caravan.upload.sources;

import dev.caravan.kernel.UserText;
import dev.caravan.proto.upload.ReportSourceFileRequest;
import dev.caravan.upload.UploadHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes what became of a file of a source from a {@link ReportSourceFileRequest}. */
@Component
final class ReadSourceReport implements Processor {

    private static final int LONGEST_REASON = 1000;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ReportSourceFileRequest request = message.getBody(ReportSourceFileRequest.class);
        SourceFiles.name(message, request.getSource(), request.getAddress(), request.getEtag(), request.getSize())
                .required("code", request.getCode())
                .required("reason", request.getReason())
                .orThrow();
        String reason = UserText.repaired(request.getReason());
        message.setHeader(UploadHeaders.TITLE, SourceFiles.title(request.getAddress()));
        message.setHeader(UploadHeaders.SIZE, request.getSize());
        message.setHeader(SourceHeaders.CODE, UserText.repaired(request.getCode()));
        message.setHeader(SourceHeaders.REASON, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        message.setHeader(SourceHeaders.REFUSED, request.getRefused());
    }
}
