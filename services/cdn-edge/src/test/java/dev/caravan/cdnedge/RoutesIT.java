package dev.caravan.cdnedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Which routes a request takes, as their meters tell. */
class RoutesIT extends EdgeServer {

    private static final Set<String> OBJECT =
            Set.of("cdn-edge-http-endpoint", "cdn-edge-serve", "cdn-edge-object", "cdn-edge-keep-object");

    @Autowired
    private MeterRegistry meters;

    static Stream<Arguments> requests() {
        String object = "/encoded-videos/v1/init.mp4";
        String manifest = "/encoded-videos/v1/master.m3u8";
        return Stream.of(
                Arguments.of("GET", signed(object), OBJECT),
                Arguments.of("HEAD", signed(object), OBJECT),
                Arguments.of(
                        "GET",
                        signed(manifest),
                        Set.of("cdn-edge-http-endpoint", "cdn-edge-serve", "cdn-edge-manifest")),
                Arguments.of("GET", object, Set.of("cdn-edge-http-endpoint", "cdn-edge-serve")),
                Arguments.of("OPTIONS", object, Set.of("cdn-edge-http-endpoint", "cdn-edge-preflight")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void takesARequestThroughTheRoutesForIt(String method, String url, Set<String> routes) {
        put("/encoded-videos/v1/init.mp4", "video/mp4", new byte[10]);
        Map<String, Double> before = exchangesByRoute();
        send(method, url);
        // A viewer has the answer a moment before the meters have the exchange.
        await().untilAsserted(() -> assertThat(exchangesByRoute().entrySet().stream()
                        .filter(now -> now.getValue() > before.getOrDefault(now.getKey(), 0.0))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .isEqualTo(routes));
    }

    private Map<String, Double> exchangesByRoute() {
        return meters.find("camel.exchanges.total").counters().stream()
                // The whole context counts under an empty id.
                .filter(counter ->
                        String.valueOf(counter.getId().getTag("routeId")).startsWith("cdn-edge-"))
                .collect(Collectors.toMap(
                        counter -> String.valueOf(counter.getId().getTag("routeId")), Counter::count, Double::sum));
    }
}
