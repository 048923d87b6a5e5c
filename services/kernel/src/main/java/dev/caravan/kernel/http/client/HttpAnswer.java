package dev.caravan.kernel.http.client;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** An answer whose body is read as it comes. Closing it ends the connection: nobody waits for what was not read. */
public final class HttpAnswer implements AutoCloseable {

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;

    HttpAnswer(HttpUriRequestBase request, ClassicHttpResponse response) {
        this.request = request;
        this.response = response;
    }

    public int status() {
        return response.getCode();
    }

    /** The first of this name; null without one. */
    public @Nullable String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Fails when it ends before the length that its header says, or before the last chunk. */
    public InputStream body() throws IOException {
        return response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent();
    }

    @Override
    public void close() {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            // Of a connection that has just been cut.
        }
    }
}
