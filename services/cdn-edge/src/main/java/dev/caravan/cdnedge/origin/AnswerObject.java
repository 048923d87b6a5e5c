package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.CdnProperties;
import dev.caravan.cdnedge.cache.StoredObject;
import dev.caravan.cdnedge.viewer.AnswerFailure;
import dev.caravan.cdnedge.viewer.ViewerRequest;
import dev.caravan.kernel.Fault;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Answers with an object, a range of it, its headers alone, "not modified", or that there is no such range. All come from a
 * GET of the store, whose stream is given up when it isn't wanted: the store's own HEAD knows neither ranges nor lists of tags.
 */
@Component
class AnswerObject implements Processor {

    private final String cacheControl;

    AnswerObject(CdnProperties properties) {
        this.cacheControl = properties.cacheControl();
    }

    @Override
    public void process(Exchange exchange) {
        @SuppressWarnings("unchecked")
        ResponseInputStream<GetObjectResponse> object = exchange.getMessage().getBody(ResponseInputStream.class);
        GetObjectResponse about = object.response();
        ViewerRequest viewer = ViewerRequest.of(exchange);
        Message answer = exchange.getMessage();
        StoredObject stored = StoredObject.of(about);
        ObjectHeaders.put(answer, stored, cacheControl);
        if (Freshness.isFresh(viewer, about.eTag(), about.lastModified())) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            giveUp(answer, object);
            return;
        }
        if (isRangeRefused(exchange)) {
            giveUp(answer, object);
            exchange.setProperty(AnswerFailure.UNSATISFIED_LENGTH, about.contentLength());
            throw Fault.of(Status.Code.OUT_OF_RANGE, "NO_SUCH_RANGE", "The object has no such range.");
        }
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, about.contentRange() == null ? 200 : 206);
        ObjectHeaders.putContent(answer, stored, stored.length(), about.contentRange());
        if (viewer.isHead()) {
            giveUp(answer, object);
        } else {
            answer.setBody(new ObjectStream(object, about.contentLength()));
        }
    }

    /** The store has refused it, and then given the whole object, which says how long it is. */
    private static boolean isRangeRefused(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof S3Exception refusal
                && refusal.statusCode() == 416;
    }

    private static void giveUp(Message answer, ResponseInputStream<?> object) {
        object.abort();
        answer.setBody(null);
    }
}
