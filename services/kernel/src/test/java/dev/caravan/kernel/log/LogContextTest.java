package dev.caravan.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Map<String, String>> seen = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        LogContext context = new LogContext();
        camel.getCamelContextExtension().setName("shop");
        camel.getCamelContextExtension().addInterceptStrategy(context);
        camel.addRoutePolicyFactory(context);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:outer")
                        .routeId("outer")
                        .process(exchange -> look())
                        .removeHeaders("*")
                        .to("direct:inner")
                        .process(new Elsewhere())
                        .process(exchange -> look());
                from("direct:inner").routeId("inner").process(exchange -> {
                    LogContext.video(exchange, "v-1");
                    look();
                });
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void saysOfEachStepWhatItBelongsToOnWhateverThread() throws Exception {
        Exchange done = camel.createProducerTemplate().request("direct:outer", exchange -> exchange.getIn()
                .setHeaders(new java.util.HashMap<>(Map.of(
                        "x-request-id",
                        "request-1",
                        "x-user-id",
                        "7",
                        "traceparent",
                        "00-" + TRACE + "-b7ad6b7169203331-01"))));

        assertThat(done.getException()).isNull();
        assertThat(seen).extracting(line -> line.get("route")).containsExactly("outer", "inner", "outer");
        assertThat(seen).extracting(line -> line.get("video")).containsExactly(null, "v-1", "v-1");
        assertThat(seen).allSatisfy(line -> assertThat(line)
                .containsEntry("service", "shop")
                .containsEntry("request", "request-1")
                .containsEntry("user", "7")
                .containsEntry("trace", TRACE)
                .containsEntry("exchange", done.getExchangeId()));
    }

    @Test
    void leavesNothingToWhatAThreadDoesNext() throws Exception {
        camel.createProducerTemplate().sendBodyAndHeader("direct:inner", null, "x-user-id", "7");

        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    private void look() {
        seen.add(MDC.getCopyOfContextMap());
    }

    /** Goes on on another thread, as an answer by gRPC does. */
    private static final class Elsewhere extends AsyncProcessorSupport {

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            CountDownLatch left = new CountDownLatch(1);
            new Thread(() -> {
                        try {
                            left.await(100, TimeUnit.MILLISECONDS);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        callback.done(false);
                    })
                    .start();
            return false;
        }
    }
}
