package dev.caravan.upload.imports;

import dev.caravan.kernel.Headers;
import dev.caravan.kernel.log.LogContext;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.resumable.ResumableHeaders;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Begins an import whose row was claimed, and says in headers what is known of it. */
@Component
final class OpenImport implements Processor {

    private final RunningImports running;

    OpenImport(RunningImports running) {
        this.running = running;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getBody(Map.class);
        UUID video = Objects.requireNonNull((UUID) row.get("video_id"));
        UUID claim = Objects.requireNonNull((UUID) row.get("claim"));
        message.removeHeaders("*");
        message.setHeader(ImportHeaders.CLAIM, claim);
        message.setHeader(UploadHeaders.VIDEO, video);
        message.setHeader(UploadHeaders.CALLER, row.get("user_id"));
        message.setHeader(UploadHeaders.REQUEST_KEY, "");
        message.setHeader(ImportHeaders.URL, row.get("url"));
        message.setHeader(ImportHeaders.VALIDATOR, row.get("validator"));
        message.setHeader(ImportHeaders.LENGTH_KNOWN, row.get("length_known"));
        message.setHeader(ResumableHeaders.RECEIVED, row.get("received"));
        message.setHeader(ResumableHeaders.LENGTH, row.get("length"));
        message.setHeader(Headers.USER_ID, String.valueOf(row.get("user_id")));
        setIfThere(message, Headers.REQUEST_ID, row.get("request_id"));
        setIfThere(message, Headers.TRACEPARENT, row.get("traceparent"));
        LogContext.video(exchange, video);
        running.begin(claim);
    }

    private static void setIfThere(Message message, String header, @Nullable Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
