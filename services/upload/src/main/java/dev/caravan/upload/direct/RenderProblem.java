package dev.caravan.upload.direct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import io.grpc.Status;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Answers with problem details in the gateway's shape, which passes them on unchanged. Of what nobody expected, a client
 * learns nothing.
 */
@Component
final class RenderProblem implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(RenderProblem.class);
    private static final List<String> FIELDS = List.of("title", "description", "video", "thumbnail");

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Fault fault = fault(exchange);
        int status = status(fault);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        message.setHeader("Cache-Control", "no-store");
        if (status == 503) {
            message.setHeader("Retry-After", "5");
        }
        message.setBody(problem(fault, status, message.getHeader(Headers.REQUEST_ID, "", String.class)));
    }

    private static Fault fault(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Fault fault = Fault.in(failure);
        if (fault == null) {
            LOG.error("Upload {} failed", exchange.getExchangeId(), failure);
            fault = Fault.of(Status.Code.INTERNAL, "INTERNAL", "Something went wrong on our side.");
        }
        return fault;
    }

    private static String problem(Fault fault, int status, String request) {
        ObjectNode problem = Problem.of(status, fault.reason(), String.valueOf(fault.getMessage()));
        if (!request.isEmpty()) {
            problem.put("instance", "urn:caravan:request:" + request);
        }
        if (status == 400) {
            ObjectNode errors = problem.withObjectProperty("data").putObject("errors");
            FIELDS.forEach(errors::putArray);
            fault.fieldErrors()
                    .forEach((field, sentences) -> sentences.forEach(
                            sentence -> errors.withArrayProperty(field).add(sentence)));
        }
        return problem.toString();
    }

    private static int status(Fault fault) {
        if (fault.reason().equals("TOO_LARGE")) {
            return 413;
        }
        return switch (fault.code()) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            default -> 500;
        };
    }
}
