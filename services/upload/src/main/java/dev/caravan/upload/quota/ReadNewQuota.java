package dev.caravan.upload.quota;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.upload.SetQuotaRequest;
import dev.caravan.upload.UploadHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes a {@link SetQuotaRequest} apart into {@code userId}, {@code maxBytes}, {@code maxVideos} and {@code maxUploads}. */
@Component
final class ReadNewQuota implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        SetQuotaRequest request = message.getBody(SetQuotaRequest.class);
        FieldErrors errors = new FieldErrors();
        check(errors, "id", request.getId() - 1);
        check(errors, "max_bytes", request.getMaxBytes());
        check(errors, "max_videos", request.getMaxVideos());
        check(errors, "max_uploads", request.getMaxUploads());
        errors.orThrow();
        message.setHeader(UploadHeaders.CALLER, request.getId());
        message.setHeader("maxBytes", request.hasMaxBytes() ? request.getMaxBytes() : null);
        message.setHeader("maxVideos", request.hasMaxVideos() ? request.getMaxVideos() : null);
        message.setHeader("maxUploads", request.hasMaxUploads() ? request.getMaxUploads() : null);
    }

    private static void check(FieldErrors errors, String field, long number) {
        if (number < 0) {
            errors.add(field, field + " is too small");
        }
    }
}
