package dev.caravan.connectors;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.upload.ReportSourceFileRequest;
import dev.caravan.proto.upload.TakeSourceFileResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the platform and the source what became of a file. */
@Configuration(proxyBeanMethods = false)
class TellOutcome {

    /** Of a file that is never taken. */
    @Bean
    Processor reportRefused() {
        return new ReportFile(true);
    }

    /** Of a file that is tried again. */
    @Bean
    Processor reportPutOff() {
        return new ReportFile(false);
    }

    /** With the reason for which the same content was refused before. */
    @Bean
    Processor failAsRefused() {
        return exchange -> {
            throw Fault.precondition(
                    "FILE_REFUSED",
                    exchange.getMessage()
                            .getBody(TakeSourceFileResponse.class)
                            .getData()
                            .getFile()
                            .getError()
                            .getMessage());
        };
    }

    /** So that the source shows the file again. */
    @Bean
    Processor failAsPutOff() {
        return exchange -> {
            ReportSourceFileRequest report = exchange.getVariable(Ingest.REPORT, ReportSourceFileRequest.class);
            throw Fault.unavailable("PUT_OFF", report.getAddress() + ": " + report.getReason());
        };
    }

    /** That it is a video, or was before. */
    @Bean
    Processor tellTaken() {
        return exchange -> {
            exchange.setProperty(Ingest.OUTCOME, Ingest.TAKEN);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(null);
        };
    }

    /** That it never is one, and why: a file to put beside it. */
    @Bean
    Processor tellRefused() {
        return exchange -> {
            ReportSourceFileRequest report = exchange.getVariable(Ingest.REPORT, ReportSourceFileRequest.class);
            Message message = exchange.getMessage();
            exchange.setProperty(Ingest.OUTCOME, Ingest.REFUSED);
            message.removeHeaders("*");
            message.setHeader(Exchange.FILE_NAME, report.getAddress() + ".reason.txt");
            message.setBody(report.getReason() + "\n");
        };
    }
}
