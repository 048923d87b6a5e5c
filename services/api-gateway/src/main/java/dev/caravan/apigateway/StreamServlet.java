package dev.caravan.apigateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.ServletResolveConsumerStrategy;
import org.jspecify.annotations.Nullable;

/** A servlet for what it is mapped to and the one route that consumes it; Camel's own looks only below its path. */
final class StreamServlet extends CamelHttpTransportServlet {

    private static final long serialVersionUID = 1L;

    private final transient List<String> methods;

    /** @param methods that are let through to the route */
    StreamServlet(String... methods) {
        this.methods = List.of(methods);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (!methods.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", methods));
        }
        if (getConsumers().isEmpty()) {
            // The route comes in a moment: who is told that there is nothing here gives his upload up.
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        super.service(request, response);
    }

    @Override
    public ServletResolveConsumerStrategy getServletResolveConsumerStrategy() {
        return new OnlyConsumer();
    }

    private final class OnlyConsumer implements ServletResolveConsumerStrategy {

        @Override
        public @Nullable HttpConsumer resolve(HttpServletRequest request, Map<String, HttpConsumer> consumers) {
            return isHttpMethodAllowed(request, request.getMethod(), consumers)
                    ? consumers.values().iterator().next()
                    : null;
        }

        @Override
        public boolean isHttpMethodAllowed(
                HttpServletRequest request, String method, Map<String, HttpConsumer> consumers) {
            return !consumers.isEmpty() && methods.contains(method);
        }
    }
}
