package dev.caravan.kernel.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** What the container refuses before any filter, such as what is no HTTP, in a service's own words and not in its page. */
public abstract class ContainerRefusals extends ErrorReportValve {

    /** Has the servers of a service refuse by this, which needs a constructor without parameters. */
    public static WebServerFactoryCustomizer<TomcatServletWebServerFactory> by(
            Class<? extends ContainerRefusals> valve) {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(valve.getName());
            }
        });
    }

    protected abstract String contentType();

    /** May set further headers. */
    protected abstract byte[] body(int status, Response response);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        AtomicBoolean writable = new AtomicBoolean(false);
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (status < 400 || response.getContentWritten() > 0 || !writable.get() || !response.setErrorReported()) {
            return;
        }
        try {
            byte[] body = body(status, response);
            response.setContentType(contentType());
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // It went away, or got an answer already.
        }
    }
}
