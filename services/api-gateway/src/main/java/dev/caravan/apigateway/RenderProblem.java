package dev.caravan.apigateway;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.Problem;
import io.grpc.Status;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.ExchangeHelper;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What went wrong with an exchange as problem details; of the unexpected a client learns nothing but the request's id. */
@Component
final class RenderProblem implements Processor {

    /** Seconds. */
    private static final String SOON = "5";

    private static final Duration LATER = Duration.ofSeconds(10);

    private final ContractSource source;

    RenderProblem(ContractSource source) {
        this.source = source;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Fault known = Fault.in(failure);
        Fault fault = known == null ? fault(failure) : known;
        String request = exchange.getMessage().getHeader(Headers.REQUEST_ID, String.class);
        String operation = String.valueOf(ExchangeHelper.getAtRouteId(exchange));
        var problem = Problem.of(fault, source.contract().fields(operation), request);
        int status = problem.path("status").intValue();
        JsonAnswer.put(exchange, status, Problem.CONTENT_TYPE, problem);
        if (status == 401) {
            exchange.getMessage().setHeader("WWW-Authenticate", "Bearer");
        } else if (status == 503 || status == 504 || status == 429) {
            String retryAfter = Problem.retryAfter(fault);
            exchange.getMessage().setHeader("Retry-After", retryAfter == null ? SOON : retryAfter);
        }
    }

    /** What the HTTP hops throw, and a pool whose threads are all at work. */
    private static Fault fault(@Nullable Throwable failure) {
        if (failure instanceof RejectedExecutionException) {
            return Fault.unavailable("TOO_MANY_UPLOADS", "Too many uploads are underway at the moment.", LATER);
        }
        if (failure instanceof SocketTimeoutException && !(failure instanceof ConnectTimeoutException)) {
            return Fault.of(
                    Status.Code.DEADLINE_EXCEEDED,
                    "DEADLINE_EXCEEDED",
                    "A service of the platform did not answer in time.");
        }
        return failure instanceof IOException || failure instanceof HttpOperationFailedException
                ? Fault.unavailable("DEPENDENCY_DOWN", "A part of the platform is not available at the moment.")
                : Fault.of(Status.Code.INTERNAL, "INTERNAL", "Something went wrong on our side.");
    }
}
