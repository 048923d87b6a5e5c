package dev.caravan.connectors;

import dev.caravan.proto.upload.SourceFile;
import dev.caravan.proto.upload.TakeSourceFileResponse;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the request of tus that brings what is not here yet of a file's content, of the video in the variable {@code videoId}. */
@Component
final class OpenRest implements Processor {

    private static final String VIDEO = "videoId";

    @Override
    public void process(Exchange exchange) throws IOException, InvalidPayloadException {
        Message message = exchange.getMessage();
        SourceFile file =
                message.getBody(TakeSourceFileResponse.class).getData().getFile();
        message.setBody(exchange.getVariable(Ingest.CONTENT));
        InputStream content = message.getMandatoryBody(InputStream.class);
        exchange.setVariable(Ingest.STREAM, content);
        content.skipNBytes(file.getBytes());
        exchange.setVariable(VIDEO, file.getVideoId());
        message.setHeader("Tus-Resumable", "1.0.0");
        message.setHeader("Upload-Offset", String.valueOf(file.getBytes()));
        message.setHeader(Exchange.CONTENT_TYPE, "application/offset+octet-stream");
        message.setBody(content);
    }
}
