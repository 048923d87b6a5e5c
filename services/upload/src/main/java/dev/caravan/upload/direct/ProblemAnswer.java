package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.Problem;
import io.grpc.Status;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problem details in the gateway's shape, which passes them on unchanged. Of what nobody expected, a client learns nothing.
 */
public final class ProblemAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswer.class);

    private ProblemAnswer() {}

    /**
     * Makes the exchange's failure its answer.
     *
     * @param fields that the request can have
     * @return the fault's reason
     */
    public static String put(Exchange exchange, List<String> fields) {
        Message message = exchange.getMessage();
        Fault fault = fault(exchange);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, Problem.status(fault));
        message.setHeader(Exchange.CONTENT_TYPE, Problem.CONTENT_TYPE);
        message.setHeader("Cache-Control", "no-store");
        String retryAfter = Problem.retryAfter(fault);
        if (retryAfter != null) {
            message.setHeader("Retry-After", retryAfter);
        }
        message.setBody(Problem.of(fault, fields, message.getHeader(Headers.REQUEST_ID, String.class))
                .toString());
        return fault.reason();
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
