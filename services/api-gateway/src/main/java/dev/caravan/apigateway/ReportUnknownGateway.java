package dev.caravan.apigateway;

import dev.caravan.kernel.Fault;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of a service's answer that it does not know the gateway: nothing that a client could mend by logging in. */
@Component
final class ReportUnknownGateway implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ReportUnknownGateway.class);

    /** @throws Fault INTERNAL, always */
    @Override
    public void process(Exchange exchange) {
        LOG.error("The upload service does not take this for a service: see caravan.service-key");
        throw Fault.of(Status.Code.INTERNAL, "INTERNAL", "Something went wrong on our side.");
    }
}
