package dev.caravan.encode.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void keepsTheBodyAndWhatItKnowsOfTheHeaders() {
        byte[] body = {0, 1, (byte) 0xff};

        Delivery unit = Delivery.of(
                body,
                Map.of(
                        "content-type", "application/json",
                        "traceparent", "00-1-2-01",
                        "x-request-id", "r",
                        "authorization", "Bearer secret",
                        "CamelSqlQuery", "drop table jobs"));

        assertThat(unit.body()).isSameAs(body);
        assertThat(unit.headers())
                .containsOnly(
                        Map.entry("content-type", "application/json"),
                        Map.entry("traceparent", "00-1-2-01"),
                        Map.entry("x-request-id", "r"));
        assertThat(unit.trace()).containsOnlyKeys("traceparent", "x-request-id");
    }

    @Test
    void leavesOutWhatNoDatabaseOrBrokerShouldBeGiven() {
        Map<String, Object> headers = new HashMap<>();
        headers.put("traceparent", "a\0b");
        headers.put("x-request-id", "r".repeat(201));
        headers.put("content-type", null);

        assertThat(Delivery.of(null, headers).headers()).isEmpty();
        assertThat(Delivery.of(null, headers).body()).isEmpty();
    }

    @Test
    void makesTextFitForADatabase() {
        assertThat(Text.clean("a\0b\ud800c\ud83d\ude00"))
                .isEqualTo("ab?c\ud83d\ude00")
                .isEqualTo(new String(
                        Text.clean("ab?c\ud83d\ude00").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        assertThat(Text.of(new IllegalStateException("x".repeat(5000)))).hasSize(2000);
        assertThat(Text.of(new IllegalStateException())).contains("IllegalStateException");
    }
}
