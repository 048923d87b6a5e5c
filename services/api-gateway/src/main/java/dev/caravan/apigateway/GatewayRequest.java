package dev.caravan.apigateway;

import dev.caravan.kernel.Headers;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Of a client's request what may reach the inside: headers that mean something there, and parameters that the contract
 * knows, all else left out; for Camel makes one bag of headers of both, and there a client's {@code x-user-id} or {@code
 * ?x-user-id=} would name a caller. The gateway's own request id and the address of the connection take the place of
 * what a client said of them.
 */
final class GatewayRequest extends HttpServletRequestWrapper {

    /** How far {@link #readBody} got. */
    enum Body {
        WHOLE,
        TOO_LARGE,
        TOO_SLOW
    }

    private static final Set<String> PASSED = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            Headers.AUTHORIZATION,
            "content-length",
            "content-type",
            "expect",
            "host",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "origin",
            "range",
            "idempotency-key",
            "traceparent",
            "tracestate",
            "transfer-encoding",
            "user-agent");

    private static final int BUFFER = 8192;

    private final Map<String, String> own;
    private final Predicate<String> known;
    private byte @Nullable [] body;

    /**
     * @param id of the request
     * @param known which parameters of the query mean something
     */
    GatewayRequest(HttpServletRequest request, String id, Predicate<String> known) {
        super(request);
        this.own = Map.of(Headers.REQUEST_ID, id, Headers.CLIENT_ADDRESS, request.getRemoteAddr());
        this.known = known;
    }

    /**
     * Takes the body into memory.
     *
     * @param most bytes; no more than one further is read
     * @param longest how long it may take; the connection's own timeout, which ends each single pause, comes on top
     */
    Body readBody(long most, Duration longest) throws IOException {
        if (getContentLengthLong() > most) {
            return Body.TOO_LARGE;
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Body outcome = read(most, longest, read);
        body = read.toByteArray();
        return outcome;
    }

    /**
     * Reads and forgets what is left of a body that nobody wanted: a client that only listens when it has sent everything
     * then gets its answer. Within bounds; the rest is the end of the connection.
     */
    void drain(long most, Duration longest) {
        try {
            if (getContentLengthLong() <= most) {
                read(most, longest, null);
            }
        } catch (IOException e) {
            // It went away, or sent something that is no body: there is nobody to answer, or the answer is underway.
        }
    }

    private Body read(long most, Duration longest, @Nullable ByteArrayOutputStream sink) throws IOException {
        ServletInputStream input = super.getInputStream();
        byte[] buffer = new byte[BUFFER];
        long began = System.nanoTime();
        long count = 0;
        try {
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                count += length;
                if (count > most) {
                    return Body.TOO_LARGE;
                }
                if (sink != null) {
                    sink.write(buffer, 0, length);
                }
                if (System.nanoTime() - began > longest.toNanos()) {
                    return input.isFinished() ? Body.WHOLE : Body.TOO_SLOW;
                }
            }
            return Body.WHOLE;
        } catch (SocketTimeoutException e) {
            return Body.TOO_SLOW;
        }
    }

    @Override
    public @Nullable String getHeader(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return PASSED.contains(key) ? super.getHeader(name) : own.get(key);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (PASSED.contains(key)) {
            return super.getHeaders(name);
        }
        String value = own.get(key);
        return value == null ? Collections.emptyEnumeration() : Collections.enumeration(Set.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> names = new TreeSet<>(own.keySet());
        for (String name : Collections.list(super.getHeaderNames())) {
            if (PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                names.add(name);
            }
        }
        return Collections.enumeration(names);
    }

    @Override
    public @Nullable String getQueryString() {
        String query = super.getQueryString();
        if (query == null) {
            return null;
        }
        String kept = Arrays.stream(query.split("&"))
                .filter(pair -> known.test(nameOf(pair)))
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? null : kept;
    }

    /** Whether what is escaped in the query can be unescaped; of another the container drops what it can't. */
    boolean isQueryWellFormed() {
        String query = super.getQueryString();
        try {
            return query == null || URLDecoder.decode(query, StandardCharsets.UTF_8) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String nameOf(String pair) {
        return URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> kept = new LinkedHashMap<>();
        super.getParameterMap().forEach((name, values) -> {
            if (known.test(name)) {
                kept.put(name, values);
            }
        });
        return kept;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public @Nullable String getParameter(String name) {
        return known.test(name) ? super.getParameter(name) : null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return known.test(name) ? super.getParameterValues(name) : null;
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
