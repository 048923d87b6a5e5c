package dev.caravan.connectors;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.VideoText;
import dev.caravan.proto.upload.DescribeSourceFileRequest;
import dev.caravan.proto.upload.ReportSourceFileRequest;
import dev.caravan.proto.upload.TakeSourceFileRequest;
import dev.caravan.proto.upload.TakeSourceFileResponse;
import java.io.Closeable;
import java.io.File;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.util.IOHelper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the platform and the source what became of a file. */
@Configuration(proxyBeanMethods = false)
class TellOutcome {

    /** By which ftp: knows what to complete before it moves a file. */
    private static final String STREAM = "CamelRemoteFileInputStream";

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

    /** Of what holds nothing. */
    @Bean
    Processor failAsEmpty() {
        return exchange -> {
            throw Fault.precondition("FILE_REFUSED", "It is empty.");
        };
    }

    /** Has a local file that somebody has changed meanwhile be shown again, and not be moved for what it was. */
    @Bean
    Processor checkUnchanged() {
        return exchange -> {
            if (exchange.getVariable(Ingest.CONTENT) instanceof GenericFile<?> shown
                    && shown.getFile() instanceof File file
                    && (file.length() != shown.getFileLength() || file.lastModified() != shown.getLastModified())) {
                throw Fault.unavailable("PUT_OFF", shown.getFileName() + " has changed meanwhile.");
            }
        };
    }

    /** Of what a source opened nothing stays open, whatever became of it. */
    @Bean
    Processor closeContent() {
        return exchange -> {
            Object content = exchange.getVariable(Ingest.CONTENT);
            IOHelper.close(exchange.getVariable(Ingest.STREAM, Closeable.class));
            if ((content instanceof GenericFile<?> file ? file.getBody() : content) instanceof InputStream stream) {
                IOHelper.close(stream);
            }
        };
    }

    /** Of the video beside a text that is refused. */
    @Bean
    Processor restrictVideo() {
        return exchange -> {
            TakeSourceFileRequest file = exchange.getVariable(Ingest.FILE, TakeSourceFileRequest.class);
            exchange.getMessage()
                    .setBody(DescribeSourceFileRequest.newBuilder()
                            .setSource(file.getSource())
                            .setAddress(file.getAddress())
                            .setVisibility(VideoText.PRIVATE)
                            .build());
        };
    }

    /** That it is a video, or was before. */
    @Bean
    Processor tellTaken() {
        return exchange -> {
            exchange.setProperty(Ingest.OUTCOME, Ingest.TAKEN);
            exchange.getMessage().removeHeaders("*", STREAM);
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
            message.removeHeaders("*", STREAM);
            message.setHeader(Exchange.FILE_NAME, exchange.getExchangeId() + "/" + report.getAddress() + ".reason.txt");
            message.setBody(report.getReason() + "\n");
        };
    }
}
