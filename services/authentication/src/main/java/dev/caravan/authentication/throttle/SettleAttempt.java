package dev.caravan.authentication.throttle;

import dev.caravan.kernel.Fault;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Gives an attempt back unless it was a wrong one. It was taken beforehand, so that many at once are no more than many in
 * a row.
 */
@Component
public final class SettleAttempt implements Processor {

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Fault fault = Fault.in(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (attempt != null && (fault == null || fault.code() != Status.Code.UNAUTHENTICATED)) {
            attempt.giveBack();
        }
    }
}
