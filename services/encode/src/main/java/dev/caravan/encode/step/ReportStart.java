package dev.caravan.encode.step;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says that the encoding has begun: 0 per cent. */
@Component
public class ReportStart implements Processor {

    private final ProgressReports reports;

    ReportStart(ProgressReports reports) {
        this.reports = reports;
    }

    @Override
    public void process(Exchange exchange) {
        reports.report(Jobs.of(exchange), 0);
    }
}
