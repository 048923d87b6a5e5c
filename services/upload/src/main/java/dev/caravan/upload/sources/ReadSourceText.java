package dev.caravan.upload.sources;

import dev.caravan.kernel.UserText;
import dev.caravan.kernel.VideoText;
import dev.caravan.proto.upload.DescribeSourceFileRequest;
import dev.caravan.upload.UploadHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes what a file says of the video beside it from a {@link DescribeSourceFileRequest}; null of what it does not say. */
@Component
final class ReadSourceText implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        DescribeSourceFileRequest request = message.getBody(DescribeSourceFileRequest.class);
        String title = UserText.isBlank(request.getTitle()) ? null : VideoText.title(request.getTitle());
        String description =
                UserText.isBlank(request.getDescription()) ? null : VideoText.description(request.getDescription());
        String visibility = request.hasVisibility() ? request.getVisibility() : null;
        VideoText.checkPresent(SourceFiles.name(message, request.getSource(), request.getAddress()), title, description)
                .oneOf("visibility", visibility, VideoText.VISIBILITIES)
                .orThrow();
        message.setHeader(UploadHeaders.TITLE, title);
        message.setHeader(UploadHeaders.DESCRIPTION, description);
        message.setHeader(UploadHeaders.VISIBILITY, visibility);
    }
}
