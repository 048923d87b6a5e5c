package dev.caravan.upload.imports;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.kernel.VideoText;
import dev.caravan.kernel.http.UrlText;
import dev.caravan.kernel.http.client.UrlField;
import dev.caravan.proto.upload.ImportVideoRequest;
import dev.caravan.upload.FileNames;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.resumable.ResumableHeaders;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes what an import is to be from an {@link ImportVideoRequest}. Without a title the file's name in the URL is one, or else the
 * server's, and without a description the title.
 */
@Component
final class ReadImport implements Processor {

    private final UploadProperties properties;

    ReadImport(UploadProperties properties) {
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ImportVideoRequest request = message.getBody(ImportVideoRequest.class);
        FieldErrors errors = new FieldErrors();
        URI url = UrlField.read(errors, "url", request.getUrl(), "https://example.com/clip.mp4");
        String title = VideoText.title(UserText.isBlank(request.getTitle()) ? titleOf(url) : request.getTitle());
        String description =
                VideoText.description(UserText.isBlank(request.getDescription()) ? title : request.getDescription());
        String visibility = request.hasVisibility() ? request.getVisibility() : null;
        VideoText.checkPresent(errors, title, description)
                .oneOf("visibility", visibility, VideoText.VISIBILITIES)
                .orThrow();
        long length = properties.maxSize().toBytes();
        message.setHeader(ImportHeaders.URL, request.getUrl());
        message.setHeader(UploadHeaders.TITLE, title);
        message.setHeader(UploadHeaders.DESCRIPTION, description);
        message.setHeader(UploadHeaders.VISIBILITY, visibility);
        message.setHeader(UploadHeaders.REQUEST_KEY, "");
        message.setHeader(ResumableHeaders.LENGTH, length);
        message.setHeader(
                ResumableHeaders.PART_SIZE,
                UploadProperties.partSizeOf(length, properties.partSize().toBytes()));
    }

    private static String titleOf(@Nullable URI url) {
        if (url == null) {
            return "";
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String file = UrlText.decode(path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"));
        return FileNames.titleOr(url.getHost(), file == null ? "" : file);
    }
}
