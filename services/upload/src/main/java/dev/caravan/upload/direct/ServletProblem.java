package dev.caravan.upload.direct;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.http.Problem;
import java.util.Map;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.web.servlet.error.DefaultErrorAttributes;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;

/**
 * What Tomcat answers by itself, in the same shape: 408 to a client that says nothing more, 404 and 405 to one that is
 * wrong here.
 */
@Component
final class ServletProblem extends DefaultErrorAttributes {

    private final ObjectMapper json;

    ServletProblem(ObjectMapper json) {
        this.json = json;
    }

    @Override
    @SuppressWarnings("unchecked") // an object node becomes a map of strings
    public Map<String, Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
        int status = (int) super.getErrorAttributes(request, options).getOrDefault("status", 500);
        return json.convertValue(
                Problem.of(status, Problem.reason(status), Problem.message(status) + ".", null), Map.class);
    }
}
