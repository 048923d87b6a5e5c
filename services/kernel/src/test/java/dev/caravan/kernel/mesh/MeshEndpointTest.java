package dev.caravan.kernel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.kernel.Headers;
import dev.caravan.kernel.access.ServiceIdentity;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class MeshEndpointTest {

    private static final String KEY = "a key that services share";

    private final ServiceIdentity identity = new ServiceIdentity("user", KEY, Clock.systemUTC());
    private final MapRoutes mapRoutes =
            new MapRoutes(new DefaultCamelContext(), new Traffic(), "user", List::of, Clock.systemUTC());
    private final MeshEndpoint endpoint = new MeshEndpoint(() -> mapRoutes, identity);

    @AfterEach
    void forget() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void answersServicesThatAskForAnAdministrator() {
        WebEndpointResponse<?> answer =
                ask(Map.of(Headers.SERVICE_TOKEN, token(), Headers.USER_ID, "1", Headers.USER_ROLE, Headers.ADMIN));

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getBody()).isInstanceOf(ServiceMap.class);
    }

    @Test
    void answersNobodyElse() {
        Map<String, String> admin = Map.of(Headers.USER_ID, "1", Headers.USER_ROLE, Headers.ADMIN);
        String stranger =
                String.valueOf(new ServiceIdentity("user", "a key of somebody else", Clock.systemUTC()).token());

        assertThat(refusal(admin)).isEqualTo(401);
        assertThat(refusal(Map.of(
                        Headers.SERVICE_TOKEN, stranger, Headers.USER_ID, "1", Headers.USER_ROLE, Headers.ADMIN)))
                .isEqualTo(401);
        assertThat(refusal(Map.of(Headers.SERVICE_TOKEN, token()))).isEqualTo(401);
        assertThat(refusal(Map.of(Headers.SERVICE_TOKEN, token(), Headers.USER_ID, "2", Headers.USER_ROLE, "user")))
                .isEqualTo(403);
    }

    private int refusal(Map<String, String> headers) {
        WebEndpointResponse<?> answer = ask(headers);
        assertThat(answer.getBody()).isNull();
        return answer.getStatus();
    }

    private WebEndpointResponse<?> ask(Map<String, String> headers) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        headers.forEach(request::addHeader);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        return endpoint.map(null);
    }

    private String token() {
        return String.valueOf(identity.token());
    }
}
