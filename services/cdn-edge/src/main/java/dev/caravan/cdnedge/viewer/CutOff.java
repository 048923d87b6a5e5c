package dev.caravan.cdnedge.viewer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Closes the connection of an answer that an origin left half-way: the viewer sees a failure at once, where it would
 * take half an object for a whole one or wait for the rest. A servlet of Camel's can't do that, since it lets no
 * exception out.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class CutOff extends HttpFilter {

    private static final long serialVersionUID = 1L;

    static void mark(HttpServletResponse response) {
        if (response instanceof Markable markable) {
            markable.marked = true;
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Markable markable = new Markable(response);
        chain.doFilter(request, markable);
        if (markable.marked) {
            throw new CloseNowException("The origin broke off");
        }
    }

    private static final class Markable extends HttpServletResponseWrapper {
        private boolean marked;

        Markable(HttpServletResponse response) {
            super(response);
        }
    }
}
