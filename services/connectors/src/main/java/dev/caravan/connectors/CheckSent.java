package dev.caravan.connectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import io.grpc.Status;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Passes when the upload service has all of a file; otherwise says why not, and whether it can ever have it. */
@Component
final class CheckSent implements Processor {

    private static final int NO_CONTENT = 204;

    /** What is so whenever this content comes. */
    private static final Set<Integer> FINAL = Set.of(400, 413, 415);

    /** What is wrong when content is no video. */
    private static final String VIDEO = "video_id";

    private static final String QUOTA = "quota-exceeded";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (status == NO_CONTENT) {
            return;
        }
        String text = message.getBody(String.class);
        JsonNode problem = text == null || !text.startsWith("{") ? JSON.createObjectNode() : JSON.readTree(text);
        String sentence = sentence(problem, status);
        if (FINAL.contains(status) && !problem.path("type").asText().endsWith(QUOTA)) {
            throw Fault.precondition("FILE_REFUSED", sentence);
        }
        throw Fault.of(Status.Code.UNAVAILABLE, "FILE_NOT_SENT", sentence);
    }

    private static String sentence(JsonNode problem, int status) {
        String fields = StreamSupport.stream(problem.path("data").path("errors").spliterator(), false)
                .flatMap(sentences -> StreamSupport.stream(sentences.spliterator(), false))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.joining("; "));
        if (problem.path("data").path("errors").has(VIDEO)) {
            return "What it holds is no video.";
        }
        if (!fields.isEmpty()) {
            return fields;
        }
        String detail = problem.path("detail").asText();
        return detail.isEmpty() ? "The upload service answered " + status + "." : detail;
    }
}
