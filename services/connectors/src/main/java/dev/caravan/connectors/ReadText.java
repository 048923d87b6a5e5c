package dev.caravan.connectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.VideoText;
import dev.caravan.proto.upload.DescribeSourceFileRequest;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes title, description and visibility of a video from the JSON object beside it. */
@Component
final class ReadText implements Processor {

    private static final int LONGEST = 1 << 16;
    private static final Set<String> NAMES = Set.of("title", "description", "visibility");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws IOException, InvalidPayloadException {
        Message message = exchange.getMessage();
        TakeSourceFileRequest file = exchange.getVariable(Ingest.FILE, TakeSourceFileRequest.class);
        message.setBody(exchange.getVariable(Ingest.CONTENT));
        JsonNode said = read(message.getMandatoryBody(InputStream.class).readNBytes(LONGEST + 1));
        check(said);
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

    /** What is misspelt may be what keeps a video private. */
    private static void check(JsonNode said) {
        said.fieldNames().forEachRemaining(name -> {
            if (!NAMES.contains(name) || !said.get(name).isTextual()) {
                throw refused();
            }
        });
        String title = said.path("title").asText("");
        String description = said.path("description").asText("");
        FieldErrors errors = VideoText.checkPresent(
                        new FieldErrors(), VideoText.title(title), VideoText.description(description))
                .oneOf("visibility", said.path("visibility").asText(null), VideoText.VISIBILITIES);
        if (!errors.sentences().isEmpty()) {
            throw Fault.precondition(
                    "FILE_REFUSED",
                    errors.sentences().values().stream().flatMap(List::stream).collect(Collectors.joining("; ")));
        }
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
        throw refused();
    }

    private static Fault refused() {
        return Fault.precondition(
                "FILE_REFUSED",
                "It has to be a JSON object of at most 64 KiB with texts: title, description and visibility.");
    }
}
