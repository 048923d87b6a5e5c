package dev.caravan.cdnedge.viewer;

import dev.caravan.cdnedge.signature.Refusal;
import dev.caravan.cdnedge.signature.ServedPaths;
import dev.caravan.cdnedge.signature.SignatureVerifier;
import dev.caravan.kernel.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets signed requests pass; counts the others by reason in the meter {@code cdn.refused}. */
@Component
class VerifySignature implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(VerifySignature.class);

    private final ServedPaths paths;
    private final SignatureVerifier verifier;
    private final Map<String, Counter> refused;

    VerifySignature(ServedPaths paths, SignatureVerifier verifier, MeterRegistry meters) {
        this.paths = paths;
        this.verifier = verifier;
        this.refused = Stream.of(Refusal.values())
                .map(Refusal::name)
                .collect(Collectors.toMap(Function.identity(), reason -> Counter.builder("cdn.refused")
                        .description("Requests that were answered 403")
                        .tag("reason", reason)
                        .register(meters)));
    }

    @Override
    public void process(Exchange exchange) {
        ViewerRequest request = ViewerRequest.of(exchange);
        try {
            paths.check(request.path());
            verifier.verify(request.path(), request.query(), request.address());
        } catch (Fault refusal) {
            LOG.debug("Refused {} to {}: {}", request.path(), request.address(), refusal.reason());
            Counter counter = refused.get(refusal.reason());
            if (counter != null) {
                counter.increment();
            }
            throw refusal;
        }
    }
}
