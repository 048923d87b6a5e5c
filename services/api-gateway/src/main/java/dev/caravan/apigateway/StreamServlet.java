package dev.caravan.apigateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.ServletResolveConsumerStrategy;
import org.jspecify.annotations.Nullable;

/** A servlet for one exact path and the one route that consumes it; Camel's own looks only below its path. */
final class StreamServlet extends CamelHttpTransportServlet {

    private static final long serialVersionUID = 1L;

    private static final List<String> METHODS = List.of("POST", "OPTIONS");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", METHODS));
        }
        super.service(request, response);
    }

    @Override
    public ServletResolveConsumerStrategy getServletResolveConsumerStrategy() {
        return new OnlyConsumer();
    }

    private static final class OnlyConsumer implements ServletResolveConsumerStrategy {

        @Override
        public @Nullable HttpConsumer resolve(HttpServletRequest request, Map<String, HttpConsumer> consumers) {
            return isHttpMethodAllowed(request, request.getMethod(), consumers)
                    ? consumers.values().iterator().next()
                    : null;
        }

        @Override
        public boolean isHttpMethodAllowed(
                HttpServletRequest request, String method, Map<String, HttpConsumer> consumers) {
            return !consumers.isEmpty() && METHODS.contains(method);
        }
    }
}
