package dev.caravan.apigateway;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.Problem;
import io.grpc.Status;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.springframework.stereotype.Component;

/** What went wrong with an exchange as problem details; of the unexpected a client learns nothing but the request's id. */
@Component
final class RenderProblem implements Processor {

    private final ContractSource source;

    RenderProblem(ContractSource source) {
        this.source = source;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Fault fault = Fault.in(failure);
        if (fault == null) {
            fault = failure instanceof IOException
                    ? Fault.unavailable("DEPENDENCY_DOWN", "A part of the platform is not available at the moment.")
                    : Fault.of(Status.Code.INTERNAL, "INTERNAL", "Something went wrong on our side.");
        }
        String request = exchange.getMessage().getHeader(Headers.REQUEST_ID, String.class);
        String operation = String.valueOf(ExchangeHelper.getAtRouteId(exchange));
        var problem = Problem.of(
                fault, source.contract().fields(operation), request == null ? null : "urn:caravan:request:" + request);
        int status = problem.path("status").intValue();
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Problem.CONTENT_TYPE);
        exchange.getMessage().setHeader("Cache-Control", "no-store");
        if (status == 401) {
            exchange.getMessage().setHeader("WWW-Authenticate", "Bearer");
        } else if (status == 503 || status == 429) {
            exchange.getMessage().setHeader("Retry-After", "5");
        }
        exchange.getMessage().setBody(problem.toString());
    }
}
