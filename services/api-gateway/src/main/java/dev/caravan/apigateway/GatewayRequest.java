package dev.caravan.apigateway;

import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.UrlText;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/**
 * Of a client's request what may reach the inside: headers that mean something there, and parameters that the contract
 * knows, all else left out; for Camel makes one bag of headers of both, and there a client's {@code x-user-id} or {@code
 * ?x-user-id=} would name a caller. The gateway's own request id and the address of the connection take the place of
 * what a client said of them.
 *
 * <p>HEAD is GET inside, but for resumable uploads, and the container leaves the body out. A body that was taken into memory is JSON whatever its sender
 * calls it, and JSON has no charset to say. What the path has escaped without need is as it would be without.
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
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "origin",
            "range",
            "idempotency-key",
            "traceparent",
            "tracestate",
            "transfer-encoding",
            "tus-resumable",
            "upload-checksum",
            "upload-defer-length",
            "upload-length",
            "upload-metadata",
            "upload-offset",
            "user-agent");

    /** Where resumable uploads are begun; each is below. */
    static final String RESUMABLE = "/videos/upload/tus";

    private static final Set<String> OVERRIDING = Set.of("HEAD", "PATCH", "DELETE");
    private static final int BUFFER = 8192;
    private static final int LONGEST_AGENT = 500;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
    private static final String JSON = "application/json";
    /** As many characters as bytes, each the same number. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    /** Stands for what is no text. No field takes it, and so the one that has it is named in the refusal. */
    static final String NO_TEXT = "\0";

    private static final Pattern RANGES = Pattern.compile("bytes=[0-9, -]+");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

    /** Which servers read in differing ways: empty and dotted segments, and parameters of a segment. */
    private static final Pattern AMBIGUOUS = Pattern.compile("//|;|/\\.{1,2}(/|$)");

    private final Map<String, String> own;
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final @Nullable String query;
    private boolean queryText = true;
    private byte @Nullable [] body;
    private boolean bytes;

    /**
     * @param id of the request
     * @param known which parameters of the query mean something
     */
    GatewayRequest(HttpServletRequest request, String id, Predicate<String> known) {
        super(request);
        this.own = Map.of(
                Headers.REQUEST_ID,
                id,
                Headers.CLIENT_ADDRESS,
                request.getRemoteAddr(),
                Headers.CLIENT_AGENT,
                agent(request.getHeader("user-agent")));
        this.query = takeQuery(request.getQueryString(), known);
    }

    /** What of it can travel on: printable ASCII. */
    private static String agent(@Nullable String sent) {
        String plain = sent == null ? "" : UNPRINTABLE.matcher(sent).replaceAll("");
        return plain.substring(0, Math.min(plain.length(), LONGEST_AGENT));
    }

    private static String unescaped(MatchResult escape) {
        String character = String.valueOf((char) Integer.parseInt(escape.group(1), 16));
        return UNRESERVED.matcher(character).matches() ? character : escape.group();
    }

    /**
     * Notes the parameters that mean something, and returns what is left of the query. One that is no text is named by the
     * refusal of its field; where there is no such field, the whole is refused.
     */
    private @Nullable String takeQuery(@Nullable String sent, Predicate<String> known) {
        List<String> kept = new ArrayList<>();
        for (String pair : sent == null ? new String[0] : sent.split("&")) {
            String[] parts = pair.split("=", 2);
            String name = UrlText.decode(parts[0]);
            String value = parts.length == 1 ? "" : UrlText.decode(parts[1]);
            if (name != null && known.test(name)) {
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value == null ? NO_TEXT : value);
                kept.add(value == null ? parts[0] + "=%00" : pair);
            } else {
                queryText &= isText(name) && isText(value);
            }
        }
        return kept.isEmpty() ? null : String.join("&", kept);
    }

    private static boolean isText(@Nullable String decoded) {
        return decoded != null && !decoded.contains(NO_TEXT);
    }

    /** Whether all is text that means nothing here: UTF-8 without NUL. */
    boolean isQueryText() {
        return queryText;
    }

    /** Whether the path can mean but one thing. */
    boolean isPathPlain() {
        return !AMBIGUOUS.matcher(getRequestURI()).find();
    }

    /** Whether it is of tus, where HEAD is a method of its own, and one that a proxy does not let pass can come as another. */
    boolean isResumable() {
        String path = getRequestURI();
        return path.equals(RESUMABLE) || path.startsWith(RESUMABLE + "/");
    }

    @Override
    public String getMethod() {
        String method = super.getMethod();
        if (isResumable()) {
            String meant = super.getHeader("x-http-method-override");
            return "POST".equals(method) && meant != null && OVERRIDING.contains(meant) ? meant : method;
        }
        return "HEAD".equals(method) ? "GET" : method;
    }

    @Override
    public String getRequestURI() {
        // Another one after a forward.
        return ESCAPED.matcher(super.getRequestURI()).replaceAll(GatewayRequest::unescaped);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("content-type");
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return body == null ? super.getCharacterEncoding() : (bytes ? BYTES : StandardCharsets.UTF_8).name();
    }

    /** The body is no JSON but a file: as text each of its bytes is a character. */
    void keepBytes() {
        bytes = true;
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
        Enumeration<String> values = getHeaders(name);
        return values.hasMoreElements() ? values.nextElement() : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (body != null && key.equals("content-type") && super.getHeader(name) != null) {
            return Collections.enumeration(Set.of(JSON));
        }
        if (key.equals("range") && !isRange(super.getHeader(name))) {
            return Collections.emptyEnumeration();
        }
        if (PASSED.contains(key)) {
            return super.getHeaders(name);
        }
        String value = own.get(key);
        return value == null ? Collections.emptyEnumeration() : Collections.enumeration(Set.of(value));
    }

    /** One that ends before it begins is none, and ignored (RFC 9110, 14.1.2); what serves pages would refuse it. */
    private static boolean isRange(@Nullable String value) {
        try {
            return value != null
                    && RANGES.matcher(value).matches()
                    && !HttpRange.parseRanges(value).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
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
        return query;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> arrays = new LinkedHashMap<>();
        parameters.forEach((name, values) -> arrays.put(name, values.toArray(new String[0])));
        return arrays;
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public @Nullable String getParameter(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.toArray(new String[0]);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : new BodyStream(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return body == null
                ? super.getReader()
                : new BufferedReader(new StringReader(bytes ? new String(body, BYTES) : text(body)));
    }

    private static String text(byte[] body) {
        try {
            return JsonText.decode(body);
        } catch (CharacterCodingException e) {
            return NO_TEXT;
        }
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
