package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.Problem;
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
    private static final List<String> FIELDS = List.of("title", "description", "visibility", "video", "thumbnail");

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Fault fault = fault(exchange);
        String request = message.getHeader(Headers.REQUEST_ID, String.class);
        var problem = Problem.of(fault, FIELDS, request);
        int status = Problem.status(fault);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, Problem.CONTENT_TYPE);
        message.setHeader("Cache-Control", "no-store");
        String retryAfter = Problem.retryAfter(fault);
        if (retryAfter != null) {
            message.setHeader("Retry-After", retryAfter);
        }
        message.setBody(problem.toString());
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
}
