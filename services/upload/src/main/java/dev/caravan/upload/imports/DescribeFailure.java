package dev.caravan.upload.imports;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import dev.caravan.upload.UploadProperties;
import io.grpc.Status;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of what was caught, in the headers {@code code} and {@code reason}, what an import's owner is told of it. */
@Component
final class DescribeFailure implements Processor {

    private static final String FAILED = "FETCH_FAILED";
    private static final String NOT_VIDEO = "NOT_VIDEO";
    private static final String TIMED_OUT = "TIMED_OUT";

    private static final Fault UNEXPECTED =
            Fault.of(Status.Code.INTERNAL, "INTERNAL", "Something went wrong on our side.");

    private static final Map<String, String> CODES = Map.of(
            "SOURCE_UNAVAILABLE", FAILED,
            "SOURCE_TIMED_OUT", TIMED_OUT,
            "UPLOAD_INCOMPLETE", FAILED,
            "UPLOAD_TOO_SLOW", TIMED_OUT,
            "INVALID_FIELDS", NOT_VIDEO);

    private final UploadProperties properties;

    DescribeFailure(UploadProperties properties) {
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Fault fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Fault caught ? caught : UNEXPECTED;
        message.setHeader(ImportHeaders.CODE, CODES.getOrDefault(fault.reason(), fault.reason()));
        message.setHeader(ImportHeaders.REASON, sentence(fault, message.getHeader(ImportHeaders.TYPE, String.class)));
    }

    private @Nullable String sentence(Fault fault, @Nullable String type) {
        return switch (fault.reason()) {
            case "UPLOAD_INCOMPLETE" -> "The server broke off before the end of the file.";
            case "UPLOAD_TOO_SLOW" -> "The server sends the file too slowly.";
            case "INVALID_FIELDS" ->
                "What the server sent is no video" + (type == null ? "." : "; it calls it " + type + ".");
            case Problem.TOO_LARGE -> properties.tooLarge().getMessage();
            default -> fault.getMessage();
        };
    }
}
