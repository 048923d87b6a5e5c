package dev.caravan.kernel;

import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;

/**
 * The step of an {@code onException} that tells the caller a fault in place of what was caught. It puts it in that
 * place: a fault thrown from there would be a failure of the error handling, which Camel logs as such, both stacks and
 * all. For an {@code onException} that is not {@code handled}.
 */
public final class ReportFault implements Processor {

    private final Supplier<Fault> fault;

    /** @param fault makes one for each call */
    public ReportFault(Supplier<Fault> fault) {
        this.fault = fault;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, fault.get());
    }
}
