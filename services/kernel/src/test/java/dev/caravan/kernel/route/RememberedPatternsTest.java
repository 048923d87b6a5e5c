package dev.caravan.kernel.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.processor.RemoveHeadersProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RememberedPatternsTest {

    private static final Map<String, Object> SENT = Map.of(
            "x-request-id", 1,
            "X-User-Id", 2,
            "x-user-role", 3,
            "CamelHttpUri", 4,
            "CamelFileName", 5,
            "id", 6,
            "idea", 7,
            "not[a(pattern", 8);

    @ParameterizedTest
    @CsvSource({
        "*, x-request-id",
        "*, X-REQUEST-ID",
        "*, x-request-id|x-user-id|id",
        "*, x-user*",
        "*, id",
        "*, i.*",
        "*, not[a(pattern",
        "Camel*, CamelHttpUri",
        "x-.*, x-user-.*",
        "nothing, x-user-id"
    })
    void removesTheSameHeadersAsCamelTheFirstTimeAndLater(String pattern, String excluded) throws Exception {
        assertThat(left(true, pattern, excluded)).isEqualTo(left(false, pattern, excluded));
    }

    /** Camel warns of a strategy that takes that away, for each step. */
    @Test
    void leavesAStepAsynchronous() {
        assertThat(new RememberedPatterns()
                        .wrapProcessorInInterceptors(
                                new DefaultCamelContext(),
                                new RemoveHeadersDefinition("*"),
                                new RemoveHeadersProcessor("*", new String[] {"id"}),
                                null))
                .isInstanceOf(AsyncProcessor.class)
                .isNotInstanceOf(RemoveHeadersProcessor.class);
    }

    private static Map<String, Object> left(boolean remembering, String pattern, String excluded) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            if (remembering) {
                camel.getCamelContextExtension().addInterceptStrategy(new RememberedPatterns());
            }
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:door").removeHeaders(pattern, excluded);
                }
            });
            camel.start();
            Map<String, Object> left = new HashMap<>();
            for (int turn = 0; turn < 3; turn++) {
                Exchange through = camel.createFluentProducerTemplate()
                        .to("direct:door")
                        .withHeaders(new HashMap<>(SENT))
                        .send();
                through.getMessage().getHeaders().forEach((name, value) -> left.put(name, value));
                left.merge("turns of " + through.getMessage().getHeaders().size(), 1, (a, b) -> (int) a + (int) b);
            }
            return left;
        }
    }
}
