package dev.caravan.apigateway;

import dev.caravan.kernel.http.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/** What the container refuses before any filter, such as what is no HTTP, as problem details in the place of its page. */
public final class ContainerProblems extends ErrorReportValve {

    /** Called by the container, by this class's name. */
    public ContainerProblems() {
        // Nothing to set up.
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        AtomicBoolean writable = new AtomicBoolean(false);
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (status < 400 || response.getContentWritten() > 0 || !writable.get() || !response.setErrorReported()) {
            return;
        }
        byte[] body = Problem.of(
                        status,
                        Problem.reason(status),
                        Problem.message(status) + ".",
                        UUID.randomUUID().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(Problem.CONTENT_TYPE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // It went away, or got an answer already.
        }
    }
}
