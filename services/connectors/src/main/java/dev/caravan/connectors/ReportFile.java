package dev.caravan.connectors;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.ReportSourceFileRequest;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Says in a variable of what was caught why a file was not taken. Whether it ever is, the route that
 * caught it knows.
 */
final class ReportFile implements Processor {

    private static final int LONGEST = 1000;

    private final boolean refused;

    /** @param refused whether it never is */
    ReportFile(boolean refused) {
        this.refused = refused;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable caught = Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        TakeSourceFileRequest file = exchange.getVariable(Ingest.FILE, TakeSourceFileRequest.class);
        String reason = reason(caught);
        exchange.setVariable(
                Ingest.REPORT,
                ReportSourceFileRequest.newBuilder()
                        .setSource(file.getSource())
                        .setAddress(file.getAddress())
                        .setEtag(file.getEtag())
                        .setSize(file.getSize())
                        .setCode(caught instanceof Fault fault ? fault.reason() : "FILE_NOT_SENT")
                        .setReason(reason.substring(0, Math.min(reason.length(), LONGEST)))
                        .setRefused(refused)
                        .build());
    }

    private static String reason(Throwable caught) {
        if (caught instanceof Fault fault && !fault.fieldErrors().isEmpty()) {
            return fault.fieldErrors().values().stream().flatMap(List::stream).collect(Collectors.joining("; "));
        }
        return caught.getMessage() == null ? caught.toString() : caught.getMessage();
    }
}
