package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.kernel.http.UrlText;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.http.common.HttpMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes from an HTTP request what the service looks at, and nothing else: the body, of which it reads nothing, query, caller,
 * request's id, and what shows that the gateway sends it.
 */
@Component
final class TakeUpload implements Processor {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern KEY_FORM = Pattern.compile("[!-~]{1,255}");

    private final UploadProperties properties;

    TakeUpload(UploadProperties properties) {
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        Message message = exchange.getMessage();
        takeHeader(request, message, Headers.SERVICE_TOKEN);
        takeHeader(request, message, Headers.USER_ID);
        takeHeader(request, message, Headers.REQUEST_ID);
        String key = request.getHeader(IDEMPOTENCY_KEY);
        message.setHeader(UploadHeaders.REQUEST_KEY, key == null ? "" : checked(key));
        DirectUpload upload = new DirectUpload(
                request.getContentType(),
                request.getContentLengthLong(),
                parameters(request.getQueryString()),
                request.getInputStream());
        message.setHeader(UploadHeaders.DECLARED, upload.declared(properties));
        message.setBody(upload);
    }

    private static String checked(String key) {
        if (!KEY_FORM.matcher(key).matches()) {
            throw Fault.invalid(IDEMPOTENCY_KEY, IDEMPOTENCY_KEY + " must be 1 to 255 visible characters of ASCII");
        }
        return key;
    }

    private static void takeHeader(HttpServletRequest request, Message message, String name) {
        String value = request.getHeader(name);
        if (value != null) {
            message.setHeader(name, value);
        }
    }

    /** Not the servlet's parameters: these read a body that calls itself a form, as curl's do, into memory. */
    static Map<String, List<String>> parameters(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query == null) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = UrlText.decode(pair.substring(0, equals));
                String value = UrlText.decode(pair.substring(equals + 1));
                if (name == null || value == null) {
                    String field = name == null ? "query" : name;
                    throw Fault.invalid(field, field + " must be valid text");
                }
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }
}
