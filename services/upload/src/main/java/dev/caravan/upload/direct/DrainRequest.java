package dev.caravan.upload.direct;

import dev.caravan.upload.UploadProperties;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads on for a while when an upload has been answered before its end: many a client listens only after it has sent all,
 * and one that is cut off while it sends never sees why. Tomcat would read on too, but as long as something trickles in.
 */
@Component
final class DrainRequest implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(DrainRequest.class);
    private static final Set<String> BRINGING = Set.of("POST", "PATCH");
    private static final int BUFFER = 64 * 1024;

    private final Duration longest;

    DrainRequest(UploadProperties properties) {
        this.longest = properties.longestDrain();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (isAnswered((HttpServletRequest) request, (HttpServletResponse) response)) {
            response.flushBuffer();
            drain(request.getInputStream());
        }
    }

    /** By a route, not by Tomcat, whose answer is still to be written; whoever is nobody has no claim to our time. */
    private static boolean isAnswered(HttpServletRequest request, HttpServletResponse response) {
        return BRINGING.contains(request.getMethod())
                && response.getContentType() != null
                && response.getStatus() != HttpServletResponse.SC_UNAUTHORIZED;
    }

    private void drain(InputStream body) {
        long start = System.nanoTime();
        byte[] buffer = new byte[BUFFER];
        try {
            while (body.read(buffer) >= 0 && System.nanoTime() - start < longest.toNanos()) {
                // On to the next.
            }
        } catch (IOException e) {
            LOG.debug("A client did not send its request to the end", e);
        }
    }
}
