package dev.caravan.connectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Passes when the upload service has all of a file; otherwise says why not. A file is refused for what it holds alone; whatever else
 * went wrong, another time may go well.
 */
@Component
final class CheckSent implements Processor {

    private static final int NO_CONTENT = 204;

    /** As upload begins and ends the sentences about content; the last is no matter of the content. */
    private static final String NO_VIDEO = "a video";

    private static final String NOT_THERE = "yet";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (status == NO_CONTENT) {
            checkLength(exchange);
            return;
        }
        String text = message.getBody(String.class);
        JsonNode problem = text == null || !text.startsWith("{") ? JSON.createObjectNode() : JSON.readTree(text);
        List<String> content = sentences(problem);
        if (!content.isEmpty()) {
            throw Fault.precondition(
                    "FILE_REFUSED",
                    content.stream().anyMatch(sentence -> sentence.endsWith(NO_VIDEO))
                            ? "What it holds is no video."
                            : String.join("; ", content));
        }
        String detail = problem.path("detail").asText();
        throw Fault.of(
                Status.Code.UNAVAILABLE,
                "FILE_NOT_SENT",
                detail.isEmpty() ? "The upload service answered " + status + "." : detail);
    }

    /** A stream can end early without an error, and a file can change while it is sent. */
    private static void checkLength(Exchange exchange) {
        long size =
                exchange.getVariable(Ingest.FILE, TakeSourceFileRequest.class).getSize();
        long received = exchange.getMessage().getHeader("Upload-Offset", -1L, Long.class);
        if (received != size) {
            throw Fault.of(
                    Status.Code.UNAVAILABLE,
                    "FILE_NOT_SENT",
                    "Of " + size + " bytes the source sent " + received + " so far.");
        }
    }

    private static List<String> sentences(JsonNode problem) {
        List<String> sentences = new ArrayList<>();
        for (String field : List.of("video", "video_id")) {
            problem.path("data").path("errors").path(field).forEach(sentence -> {
                if (!sentence.asText().endsWith(NOT_THERE)) {
                    sentences.add(sentence.asText());
                }
            });
        }
        return sentences;
    }
}
