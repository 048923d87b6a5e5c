package dev.caravan.upload.sources;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.kernel.VideoText;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.resumable.ResumableHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes what a file of a source is from a {@link TakeSourceFileRequest}. */
@Component
final class ReadSourceFile implements Processor {

    private final UploadProperties properties;

    ReadSourceFile(UploadProperties properties) {
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        TakeSourceFileRequest request = message.getBody(TakeSourceFileRequest.class);
        FieldErrors errors = SourceFiles.name(
                message, request.getSource(), request.getAddress(), request.getEtag(), request.getSize());
        if (request.getSize() == 0) {
            errors.add("size", "size must be more than 0");
        }
        String title = UserText.isBlank(request.getTitle())
                ? SourceFiles.title(request.getAddress())
                : VideoText.title(request.getTitle());
        String description =
                UserText.isBlank(request.getDescription()) ? "" : VideoText.description(request.getDescription());
        String visibility = request.hasVisibility() ? request.getVisibility() : null;
        VideoText.checkPresent(errors, title, description)
                .oneOf("visibility", visibility, VideoText.VISIBILITIES)
                .orThrow();
        if (request.getSize() > properties.maxSize().toBytes()) {
            throw properties.tooLarge();
        }
        message.setHeader(UploadHeaders.TITLE, title);
        message.setHeader(UploadHeaders.DESCRIPTION, description);
        message.setHeader(UploadHeaders.VISIBILITY, visibility);
        message.setHeader(UploadHeaders.DECLARED, request.getSize());
        message.setHeader(UploadHeaders.REQUEST_KEY, "");
        message.setHeader(ResumableHeaders.LENGTH, request.getSize());
        message.setHeader(
                ResumableHeaders.PART_SIZE,
                UploadProperties.partSizeOf(
                        request.getSize(), properties.partSize().toBytes()));
    }
}
