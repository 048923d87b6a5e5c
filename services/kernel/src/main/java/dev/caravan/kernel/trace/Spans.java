package dev.caravan.kernel.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/** Spans of what no route calls by itself. */
public final class Spans {

    private Spans() {}

    /** What is done within a span. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T done() throws E, InterruptedException;
    }

    /**
     * Does something in a span below the current one.
     *
     * @param name of few values
     */
    public static <T, E extends Exception> T within(Tracer tracer, String name, Work<T, E> work)
            throws E, InterruptedException {
        Span span = tracer.spanBuilder(name).setSpanKind(SpanKind.INTERNAL).startSpan();
        try (Scope ignored = span.makeCurrent()) {
            return work.done();
        } catch (Exception e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }
}
