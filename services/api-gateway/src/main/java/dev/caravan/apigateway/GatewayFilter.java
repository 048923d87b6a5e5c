package dev.caravan.apigateway;

import dev.caravan.kernel.Headers;
import dev.caravan.kernel.access.ServiceIdentity;
import dev.caravan.kernel.http.Problem;
import dev.caravan.kernel.route.ReloadLock;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * What holds for every request before any route sees it: it has an id, it names no caller of its own making, its body
 * is neither larger nor slower than allowed, browsers of allowed origins may send it; an answer is taken in time; and one
 * without a body that is an error becomes the contract's.
 */
@Component
@Order(GatewayFilter.AFTER_METERS)
public final class GatewayFilter extends OncePerRequestFilter {

    /** What is refused here is measured too. */
    static final int AFTER_METERS = Ordered.HIGHEST_PRECEDENCE + 2;

    /** Below it is what gateways ask each other. */
    public static final String OF_INSTANCE = "/instance";

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final String UPLOAD = "/videos/upload";
    private static final String EXPOSED =
            Headers.REQUEST_ID + ", ETag, Retry-After, Location, Tus-Resumable, Tus-Version,"
                    + " Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, Upload-Offset, Upload-Length, Upload-Metadata,"
                    + " Upload-Expires, Caravan-Video-Id";
    private static final long LONGEST_RELOAD_MILLIS = 5000;
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";

    /** Bytes of a refused body that are still read, so that its sender gets to see the answer. */
    private static final long MOST_DRAINED = 16L << 20;

    private static final Pattern FILES =
            Pattern.compile("/videos/[^/]+/captions/[^/]+|/videos/[^/]+/thumbnail|/auth/avatar");

    private static final String FORM = "application/x-www-form-urlencoded";

    private final ApiGatewayProperties properties;
    private final ReloadLock lock;
    private final ContractSource contract;
    private final ServiceIdentity identity;
    private final Semaphore files;

    GatewayFilter(ApiGatewayProperties properties, ReloadLock lock, ContractSource contract, ServiceIdentity identity) {
        this.properties = properties;
        this.lock = lock;
        this.contract = contract;
        this.identity = identity;
        this.files = new Semaphore(properties.maxCaptionsAtATime());
    }

    /**
     * Another gateway says who asks it, and proves by a token that it is one. Without a key nobody can, and all that is said is
     * left out, as it is of every request.
     */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return (OF_INSTANCE + "/mesh").equals(request.getRequestURI()) && identity.token() != null;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isAsyncDispatch(request)) {
            chain.doFilter(request, response);
            completeError(request, WebUtils.getNativeResponse(response, GatewayResponse.class));
        } else {
            GatewayResponse answer = new GatewayResponse(response, properties.longestAnswer());
            receive(request, answer, chain);
            completeError(request, answer);
        }
    }

    private void receive(HttpServletRequest request, GatewayResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = request.getHeader(Headers.REQUEST_ID);
        if (id == null || !REQUEST_ID.matcher(id).matches()) {
            id = UUID.randomUUID().toString();
        }
        response.setHeader(Headers.REQUEST_ID, id);
        response.setHeader("X-Content-Type-Options", "nosniff");
        allowOrigin(request, response);
        if (isPreflight(request)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        GatewayRequest wrapped =
                new GatewayRequest(request, id, contract.contract().queryParameters()::contains);
        boolean isUpload = UPLOAD.equals(wrapped.getRequestURI()) || wrapped.isResumable();
        if (!wrapped.isPathPlain()) {
            refuse(wrapped, response, 404, Problem.reason(404), nothingAt(request));
        } else if (!wrapped.isQueryText()) {
            refuse(wrapped, response, 400, "MALFORMED_REQUEST", "The query must be text in UTF-8, without NUL.");
        } else if (!isPlain(request, isUpload)) {
            refuse(
                    wrapped,
                    response,
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "Send the body as it is: not compressed, and no form.");
        } else if (isUpload) {
            // Not of the contract's endpoint, and it may take hours: a reload does not wait for it.
            chain.doFilter(wrapped, response);
            response.finish();
            completeError(request, response);
            response.flushBuffer();
            wrapped.drain(MOST_DRAINED, properties.longestBody());
        } else if (isFile(wrapped)) {
            wrapped.keepBytes();
            receiveFile(wrapped, response, chain);
        } else if (takeBody(wrapped, response, properties.maxBody().toBytes())) {
            pass(wrapped, response, chain);
            response.finish();
        }
    }

    private static boolean isFile(GatewayRequest request) {
        return "PUT".equals(request.getMethod())
                && FILES.matcher(request.getRequestURI()).matches();
    }

    /** A file that may be larger than any other body; of those that are so many at a time. */
    private void receiveFile(GatewayRequest wrapped, GatewayResponse response, FilterChain chain)
            throws ServletException, IOException {
        long length = wrapped.getContentLengthLong();
        boolean small = length >= 0 && length <= properties.maxBody().toBytes();
        if (!small && !files.tryAcquire()) {
            refuse(wrapped, response, 503, "TOO_MANY_FILES", "Too many files are being sent at the moment.");
            return;
        }
        AtomicBoolean held = new AtomicBoolean(!small);
        try {
            if (takeBody(wrapped, response, properties.maxCaptions().toBytes())) {
                pass(wrapped, response, chain);
                response.finish();
            }
        } finally {
            atEnd(wrapped, held, files::release);
        }
    }

    /** A compressed body unpacks to any size, and a form is read into memory, whatever its size, before any route. */
    private static boolean isPlain(HttpServletRequest request, boolean isUpload) {
        String encoding = request.getHeader("Content-Encoding");
        String type = request.getContentType();
        return (encoding == null || "identity".equalsIgnoreCase(encoding))
                && !(isUpload && type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM));
    }

    private boolean takeBody(GatewayRequest wrapped, HttpServletResponse response, long most) throws IOException {
        try {
            switch (wrapped.readBody(most, properties.longestBody())) {
                case WHOLE -> {
                    return true;
                }
                case TOO_LARGE ->
                    refuse(
                            wrapped,
                            response,
                            413,
                            "BODY_TOO_LARGE",
                            "The body of this request may have " + most + " bytes at most.");
                case TOO_SLOW -> {
                    response.setHeader("Connection", "close");
                    write(response, 408, "BODY_TOO_SLOW", "The body of this request did not come in time.");
                }
            }
        } catch (IOException e) {
            response.setHeader("Connection", "close");
            write(response, 400, "MALFORMED_REQUEST", "The body of this request is not as HTTP has it.");
        }
        return false;
    }

    private void refuse(GatewayRequest wrapped, HttpServletResponse response, int status, String reason, String detail)
            throws IOException {
        response.setHeader("Connection", "close");
        write(response, status, reason, detail);
        wrapped.drain(MOST_DRAINED, properties.longestBody());
    }

    private void pass(GatewayRequest wrapped, GatewayResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!lock.share(LONGEST_RELOAD_MILLIS)) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        AtomicBoolean held = new AtomicBoolean(true);
        try {
            chain.doFilter(wrapped, response);
        } finally {
            atEnd(wrapped, held, lock::release);
        }
    }

    /** Releases what is held for a request once it is answered, also on another thread. */
    private static void atEnd(GatewayRequest wrapped, AtomicBoolean held, Runnable release) {
        ReleaseAtEnd atEnd = new ReleaseAtEnd(held, release);
        if (wrapped.isAsyncStarted()) {
            wrapped.getAsyncContext().addListener(atEnd);
        } else {
            atEnd.once();
        }
    }

    private record ReleaseAtEnd(AtomicBoolean held, Runnable release) implements AsyncListener {

        void once() {
            if (held.getAndSet(false)) {
                release.run();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            once();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            once();
        }

        @Override
        public void onError(AsyncEvent event) {
            once();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    /** An error that nobody has given a body becomes the contract's. */
    private static void completeError(HttpServletRequest request, @Nullable GatewayResponse response)
            throws IOException {
        if (response == null || request.isAsyncStarted() || !response.isErrorWithoutBody()) {
            return;
        }
        int status = response.getStatus();
        String detail =
                switch (status) {
                    case 404 -> nothingAt(request);
                    case 405 -> "This is no method of " + request.getRequestURI() + ".";
                    default -> Problem.message(status) + ".";
                };
        write(response, status, Problem.reason(status), detail);
    }

    private static String nothingAt(HttpServletRequest request) {
        return "There is nothing at " + request.getRequestURI() + ".";
    }

    private static void write(HttpServletResponse response, int status, String reason, String detail)
            throws IOException {
        String id = response.getHeader(Headers.REQUEST_ID);
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        byte[] body = Problem.of(status, reason, detail, id).toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(Problem.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private void allowOrigin(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return;
        }
        boolean any = properties.corsOrigins().contains("*");
        response.addHeader("Vary", "Origin");
        if (any || properties.corsOrigins().contains(origin)) {
            response.setHeader("Access-Control-Allow-Origin", any ? "*" : origin);
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
            if (isPreflight(request)) {
                response.setHeader("Access-Control-Allow-Methods", METHODS);
                String asked = request.getHeader("Access-Control-Request-Headers");
                response.setHeader(
                        "Access-Control-Allow-Headers", asked == null ? "Authorization, Content-Type" : asked);
                response.setHeader("Access-Control-Max-Age", "3600");
            }
        }
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod())
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
