package dev.caravan.apigateway;

import dev.caravan.kernel.Headers;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's request with the gateway's own id in the place of what the client said of these headers. */
final class EdgeRequest extends HttpServletRequestWrapper {

    private final String id;
    private byte @Nullable [] body;

    EdgeRequest(HttpServletRequest request, String id) {
        super(request);
        this.id = id;
    }

    /** @return false when there is more than that many bytes; then no more of them is read */
    boolean readBody(long most) throws IOException {
        if (getContentLengthLong() > most) {
            return false;
        }
        byte[] read = super.getInputStream().readNBytes((int) most + 1);
        body = read;
        return read.length <= most;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (Headers.REQUEST_ID.equalsIgnoreCase(name)) {
            return id;
        }
        return Headers.USER_ID.equalsIgnoreCase(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String own = Headers.REQUEST_ID.equalsIgnoreCase(name) || Headers.USER_ID.equalsIgnoreCase(name)
                ? getHeader(name)
                : null;
        if (own != null) {
            return Collections.enumeration(Set.of(own));
        }
        return Headers.USER_ID.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : Collections.list(super.getHeaderNames())) {
            if (!Headers.USER_ID.equalsIgnoreCase(name) && !Headers.REQUEST_ID.equalsIgnoreCase(name)) {
                names.add(name);
            }
        }
        names.add(Headers.REQUEST_ID);
        return Collections.enumeration(names);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : new BodyStream(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return body == null
                ? super.getReader()
                : new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }

    private static final class BodyStream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        BodyStream(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body is in memory; read it.");
        }
    }
}
