package dev.caravan.upload;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.VideoText;
import dev.caravan.kernel.log.LogContext;
import dev.caravan.proto.upload.UploadedWebhookRequest;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes an {@link UploadedWebhookRequest} apart into headers, if all its fields are as they should. */
@Component
final class ValidateWebhook implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        UploadedWebhookRequest request = message.getMandatoryBody(UploadedWebhookRequest.class);
        FieldErrors errors = new FieldErrors();
        UUID video = id(errors, "video_id", request.getVideoId());
        UUID thumbnail = id(errors, "thumbnail_id", request.getThumbnailId());
        String title = VideoText.title(request.getTitle());
        String description = VideoText.description(request.getDescription());
        String visibility = request.hasVisibility() ? request.getVisibility() : null;
        VideoText.check(errors, title, description)
                .oneOf("visibility", visibility, VideoText.VISIBILITIES)
                .orThrow();
        LogContext.video(exchange, request.getVideoId());
        message.setHeader(UploadHeaders.VIDEO, video);
        message.setHeader(UploadHeaders.THUMBNAIL, thumbnail);
        message.setHeader(UploadHeaders.TITLE, title);
        message.setHeader(UploadHeaders.DESCRIPTION, description);
        message.setHeader(UploadHeaders.VISIBILITY, visibility);
    }

    private static @Nullable UUID id(FieldErrors errors, String field, String value) {
        errors.required(field, value);
        Optional<UUID> id = Ids.read(value);
        if (id.isEmpty() && !value.isBlank()) {
            errors.add(field, field + " must be a UUID");
        }
        return id.orElse(null);
    }
}
