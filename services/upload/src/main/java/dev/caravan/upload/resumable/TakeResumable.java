package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.Problem;
import dev.caravan.kernel.log.LogContext;
import dev.caravan.upload.Ids;
import dev.caravan.upload.UploadHeaders;
import io.grpc.Status;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.stereotype.Component;

/**
 * Takes from a request of tus what the service looks at, and nothing else: method, the id in the path, headers of the protocol,
 * caller, request's id, what shows that the gateway sends it, and the body, of which it reads nothing.
 */
@Component
final class TakeResumable implements Processor {

    private static final String CREATION = "/upload/tus";
    private static final Pattern PATH = Pattern.compile("/upload/tus(?:/([^/]*))?");

    @Override
    public void process(Exchange exchange) throws Exception {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        Message message = exchange.getMessage();
        takeHeader(request, message, Headers.SERVICE_TOKEN);
        takeHeader(request, message, Headers.USER_ID);
        takeHeader(request, message, Headers.REQUEST_ID);
        message.setHeader(ResumableHeaders.METHOD, request.getMethod());
        message.setBody(new ResumableRequest(
                request.getContentType(),
                request.getContentLengthLong(),
                request.getHeader(Tus.UPLOAD_LENGTH),
                request.getHeader(Tus.UPLOAD_DEFER_LENGTH),
                request.getHeader(Tus.UPLOAD_OFFSET),
                request.getHeader(Tus.UPLOAD_METADATA),
                request.getHeader(Tus.UPLOAD_CHECKSUM),
                request.getInputStream(),
                false));
        if (request.getMethod().equals("OPTIONS")) {
            return;
        }
        if (!Tus.VERSION.equals(request.getHeader(Tus.TUS_RESUMABLE))) {
            throw Fault.of(
                    Status.Code.FAILED_PRECONDITION,
                    Problem.TUS_VERSION_UNSUPPORTED,
                    Tus.TUS_RESUMABLE + " must be " + Tus.VERSION + ", the version that is spoken here.");
        }
        String path = String.valueOf(request.getPathInfo());
        if (!request.getMethod().equals("POST")) {
            UUID video = id(path);
            LogContext.video(exchange, video);
            message.setHeader(UploadHeaders.VIDEO, video);
        } else if (!path.equals(CREATION)) {
            throw CheckResumable.unknown();
        }
    }

    private static UUID id(String path) {
        Matcher parts = PATH.matcher(path);
        String name = parts.matches() && parts.group(1) != null ? parts.group(1) : "";
        return Ids.read(name).orElseThrow(CheckResumable::unknown);
    }

    private static void takeHeader(HttpServletRequest request, Message message, String name) {
        String value = request.getHeader(name);
        if (value != null) {
            message.setHeader(name, value);
        }
    }
}
