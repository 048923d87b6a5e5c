package dev.caravan.connectors;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps what a source shows in variables: the file, as {@link Ingest} has it, and the content. */
@Component
final class ReadFile implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        GenericFile<?> file = message.getBody() instanceof GenericFile<?> generic ? generic : null;
        TakeSourceFileRequest.Builder request = TakeSourceFileRequest.newBuilder()
                .setSource(exchange.getFromRouteId())
                .setAddress(text(message, Ingest.ADDRESS, file == null ? null : file.getRelativeFilePath()))
                .setEtag(text(
                        message,
                        Ingest.ETAG,
                        file == null ? null : file.getFileLength() + "-" + file.getLastModified()))
                .setSize(Long.parseLong(
                        text(message, Ingest.SIZE, file == null ? null : String.valueOf(file.getFileLength()))))
                .setTitle(text(message, Ingest.TITLE, ""))
                .setDescription(text(message, Ingest.DESCRIPTION, ""));
        String visibility = message.getHeader(Ingest.VISIBILITY, String.class);
        if (visibility != null) {
            request.setVisibility(visibility);
        }
        exchange.setVariable(Ingest.FILE, request.build());
        exchange.setVariable(Ingest.CONTENT, message.getBody());
    }

    private static String text(Message message, String header, @Nullable String otherwise) {
        String value = message.getHeader(header, String.class);
        String said = value == null ? otherwise : value;
        if (said == null) {
            throw Fault.precondition(
                    "CONTRACT_BROKEN", "A source has to say the header " + header + " of what is no file.");
        }
        return said;
    }
}
