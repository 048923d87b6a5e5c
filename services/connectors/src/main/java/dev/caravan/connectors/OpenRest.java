package dev.caravan.connectors;

import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.SourceFile;
import dev.caravan.proto.upload.TakeSourceFileResponse;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the request of tus that brings what is not here yet of a file's content. */
@Component
final class OpenRest implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException, InvalidPayloadException {
        Message message = exchange.getMessage();
        SourceFile file =
                message.getBody(TakeSourceFileResponse.class).getData().getFile();
        message.setBody(exchange.getVariable(Ingest.CONTENT));
        InputStream content = message.getMandatoryBody(InputStream.class);
        content.skipNBytes(file.getBytes());
        String caller = message.getHeader(Headers.USER_ID, String.class);
        Object trace = message.getHeader(Headers.TRACEPARENT);
        message.removeHeaders("*");
        message.setHeader(Headers.USER_ID, caller);
        if (trace != null) {
            message.setHeader(Headers.TRACEPARENT, trace);
        }
        message.setHeader(Exchange.HTTP_PATH, "/" + file.getVideoId());
        message.setHeader("Tus-Resumable", "1.0.0");
        message.setHeader("Upload-Offset", String.valueOf(file.getBytes()));
        message.setHeader(Exchange.CONTENT_TYPE, "application/offset+octet-stream");
        message.setHeader(Exchange.CONTENT_LENGTH, String.valueOf(file.getSize() - file.getBytes()));
        message.setBody(content);
    }
}
