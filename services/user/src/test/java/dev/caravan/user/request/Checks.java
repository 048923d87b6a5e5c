package dev.caravan.user.request;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.kernel.Fault;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Runs one processor on one request. */
final class Checks {

    private Checks() {}

    static Exchange passed(Processor check, Object request) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(request);
        check.process(exchange);
        return exchange;
    }

    static Map<String, List<String>> faults(Processor check, Object request) {
        return catchThrowableOfType(Fault.class, () -> passed(check, request)).fieldErrors();
    }
}
