package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.CdnProperties;
import dev.caravan.cdnedge.cache.KeptObject;
import dev.caravan.cdnedge.cache.StoredObject;
import dev.caravan.cdnedge.viewer.AnswerFailure;
import dev.caravan.cdnedge.viewer.FileSlice;
import dev.caravan.cdnedge.viewer.ViewerRequest;
import dev.caravan.kernel.Fault;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers with an object that is kept, as {@link AnswerObject} does with one of the store. */
@Component
class AnswerKeptObject implements Processor {

    private final String cacheControl;

    AnswerKeptObject(CdnProperties properties) {
        this.cacheControl = properties.cacheControl();
    }

    @Override
    public void process(Exchange exchange) {
        KeptObject kept = exchange.getProperty(FindKeptObject.KEPT, KeptObject.class);
        StoredObject about = kept.about();
        ViewerRequest viewer = ViewerRequest.of(exchange);
        Message answer = exchange.getMessage();
        ObjectHeaders.put(answer, about, cacheControl);
        answer.setBody(null);
        if (Freshness.isFresh(viewer, about.etag(), about.lastModified())) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            return;
        }
        String range = range(viewer, about.etag());
        ByteRange.Span span = range == null ? null : ByteRange.within(range, about.length());
        if (range != null && span == null) {
            exchange.setProperty(AnswerFailure.UNSATISFIED_LENGTH, about.length());
            throw Fault.of(Status.Code.OUT_OF_RANGE, "NO_SUCH_RANGE", "The object has no such range.");
        }
        long start = span == null ? 0 : span.start();
        long end = span == null ? about.length() : span.end();
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, span == null ? 200 : 206);
        ObjectHeaders.putContent(answer, about, end - start, span == null ? null : span.contentRange(about.length()));
        if (!viewer.isHead() && end > start) {
            answer.setBody(new FileSlice(kept.file(), start, end));
        }
    }

    /** The range that counts, as {@link BuildObjectRequest} and the store have it. */
    private static @Nullable String range(ViewerRequest viewer, @Nullable String etag) {
        String ifRange = viewer.header(ViewerRequest.IF_RANGE);
        boolean counts = !viewer.isHead() && (ifRange == null || (ifRange.startsWith("\"") && ifRange.equals(etag)));
        return counts ? ByteRange.single(viewer.header(ViewerRequest.RANGE)) : null;
    }
}
