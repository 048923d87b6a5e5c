package dev.caravan.authentication.blacklist;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says in the log that Redis is not trusted any more, and that it is again; once each, however often it is tried. */
@Component
public final class ReportMirrorFailure implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ReportMirrorFailure.class);

    private final AtomicBoolean failing = new AtomicBoolean();

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failing.compareAndSet(false, true)) {
            LOG.warn("Revocations are not mirrored, so the database is asked for each token: {}", failure.toString());
        } else {
            LOG.debug("Revocations are still not mirrored", failure);
        }
    }

    void over() {
        if (failing.compareAndSet(true, false)) {
            LOG.info("Revocations are mirrored again");
        }
    }
}
