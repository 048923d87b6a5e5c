package dev.caravan.videocatalog.manifest;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Answers with what is wrong, in one line: not for the caller, not there, not available, or no manifest. */
@Component
class AnswerManifestFailure implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerManifestFailure.class);

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        int status = status(failure);
        if (status != 404) {
            LOG.warn("A manifest cannot be served: {}", String.valueOf(failure));
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        message.setHeader(ManifestHeaders.CACHE_CONTROL, "no-store");
        if (status == 503) {
            message.setHeader(ManifestHeaders.RETRY_AFTER, "5");
        }
        message.setBody(
                switch (status) {
                    case 403 -> "Manifests are for the CDN.\n";
                    case 404 -> "There is no such manifest.\n";
                    case 503 -> "The manifest is not available at the moment.\n";
                    default -> "The manifest cannot be read.\n";
                });
    }

    private static int status(Throwable failure) {
        if (failure instanceof Fault fault) {
            return Problem.status(fault);
        }
        if (failure instanceof S3Exception s3 && s3.statusCode() == 404) {
            return 404;
        }
        boolean temporary = failure instanceof SdkException
                || failure instanceof IOException
                || failure instanceof DataAccessException
                || failure instanceof DirectConsumerNotAvailableException;
        return temporary ? 503 : 502;
    }
}
