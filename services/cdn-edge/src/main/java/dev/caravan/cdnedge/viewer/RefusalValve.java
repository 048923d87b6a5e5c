package dev.caravan.cdnedge.viewer;

import dev.caravan.kernel.http.ContainerRefusals;
import org.apache.catalina.connector.Response;

/** What the container refuses before any route sees it, as the edge's other refusals. */
public final class RefusalValve extends ContainerRefusals {

    /** Called by the container, by this class's name. */
    public RefusalValve() {
        // Nothing to set up.
    }

    @Override
    protected String contentType() {
        return ErrorDocument.CONTENT_TYPE;
    }

    @Override
    protected byte[] body(int status, Response response) {
        if (status == 405) {
            response.setHeader("Allow", AnswerPreflight.METHODS);
        }
        return ErrorDocument.of(status);
    }
}
