package dev.caravan.cdnedge.viewer;

import dev.caravan.kernel.Fault;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Answers what was caught: a status and a small body in the manner of CloudFront, without a word about why. */
@Component
public class AnswerFailure implements Processor {

    /** The exchange property with the bytes of an object that has no such range. */
    public static final String UNSATISFIED_LENGTH = "unsatisfiedLength";

    private static final Logger LOG = LoggerFactory.getLogger(AnswerFailure.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        int status = status(failure);
        if (status >= 500 || (failure instanceof AwsServiceException && status == 403)) {
            LOG.warn("{} {}: {}", status, ViewerRequest.of(exchange).path(), String.valueOf(failure));
        }
        byte[] body = ErrorDocument.of(status);
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        answer.setHeader("Content-Type", ErrorDocument.CONTENT_TYPE);
        answer.setHeader("Content-Length", body.length);
        answer.setHeader("Cache-Control", "no-store");
        Object length = exchange.getProperty(UNSATISFIED_LENGTH);
        if (status == 416 && length != null) {
            answer.setHeader("Content-Range", "bytes */" + length);
        }
        if (status == 503) {
            answer.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        answer.setBody(ViewerRequest.of(exchange).isHead() ? null : body);
    }

    private static int status(Throwable failure) {
        if (failure instanceof Fault fault) {
            return switch (fault.code()) {
                case PERMISSION_DENIED -> 403;
                case NOT_FOUND -> 404;
                case OUT_OF_RANGE -> 416;
                case UNAVAILABLE -> 503;
                default -> 500;
            };
        }
        if (failure instanceof AwsServiceException refused) {
            return switch (refused.statusCode()) {
                case 403, 404, 416 -> refused.statusCode();
                default -> 503;
            };
        }
        // Without its consumer, a part of the edge waits for its origin to start.
        return failure instanceof SdkClientException
                        || failure instanceof IOException
                        || failure instanceof DirectConsumerNotAvailableException
                ? 503
                : 500;
    }
}
