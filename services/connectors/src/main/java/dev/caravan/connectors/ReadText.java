package dev.caravan.connectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.DescribeSourceFileRequest;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes title, description and visibility of a video from the JSON object beside it. */
@Component
final class ReadText implements Processor {

    private static final int LONGEST = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws IOException, InvalidPayloadException {
        Message message = exchange.getMessage();
        TakeSourceFileRequest file = exchange.getVariable(Ingest.FILE, TakeSourceFileRequest.class);
        message.setBody(exchange.getVariable(Ingest.CONTENT));
        JsonNode said = read(message.getMandatoryBody(InputStream.class).readNBytes(LONGEST + 1));
        DescribeSourceFileRequest.Builder request = DescribeSourceFileRequest.newBuilder()
                .setSource(file.getSource())
                .setAddress(file.getAddress())
                .setTitle(said.path("title").asText(""))
                .setDescription(said.path("description").asText(""));
        if (said.hasNonNull("visibility")) {
            request.setVisibility(said.path("visibility").asText());
        }
        message.setBody(request.build());
    }

    private static JsonNode read(byte[] content) {
        try {
            JsonNode said =
                    content.length > LONGEST ? null : JSON.readTree(new String(content, StandardCharsets.UTF_8));
            if (said != null && said.isObject()) {
                return said;
            }
        } catch (JsonProcessingException e) {
            // As any other that is no such object.
        }
        throw Fault.precondition(
                "FILE_REFUSED", "It has to be a JSON object of at most 64 KiB with title, description and visibility.");
    }
}
