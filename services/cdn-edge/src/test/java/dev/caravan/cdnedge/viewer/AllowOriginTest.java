package dev.caravan.cdnedge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cdnedge.CdnProperties;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AllowOriginTest {

    private static final String PAGE = "https://page.example.com";

    @Test
    void allowsAnyOrigin() {
        Message answer = answer(List.of("*"), PAGE);
        assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.getHeader("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void allowsAListedOrigin() {
        Message answer = answer(List.of("https://other.example.com", PAGE), PAGE);
        assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(answer.getHeader("Access-Control-Allow-Credentials")).isNull();
        assertThat(answer.getHeader("Vary")).isEqualTo("Origin");
    }

    @Test
    void allowsNoOtherOrigin() {
        for (String origin : List.of("https://evil.example.com", PAGE + ".evil.example.com", "null")) {
            Message answer = answer(List.of(PAGE), origin);
            assertThat(answer.getHeader("Access-Control-Allow-Origin")).isNull();
            assertThat(answer.getHeader("Vary")).isEqualTo("Origin");
        }
    }

    private static Message answer(List<String> allowed, String origin) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(
                ViewerRequest.PROPERTY, new ViewerRequest("GET", "/x", null, "127.0.0.1", Map.of("Origin", origin)));
        new AllowOrigin(new CdnProperties("", "", "", Map.of(), List.of(), allowed, "", null)).process(exchange);
        return exchange.getMessage();
    }
}
