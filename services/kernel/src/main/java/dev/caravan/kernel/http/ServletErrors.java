package dev.caravan.kernel.http;

import dev.caravan.kernel.Headers;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the servlet container refuses by itself, such as a malformed path, in the contract's envelope. */
@RestController
final class ServletErrors implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<String> error(HttpServletRequest request, HttpServletResponse response) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        String id = response.getHeader(Headers.REQUEST_ID);
        String body = Problem.of(status, Problem.reason(status), Problem.message(status) + ".", id)
                .toString();
        return ResponseEntity.status(status)
                .header("Content-Type", Problem.CONTENT_TYPE)
                .body(body);
    }
}
