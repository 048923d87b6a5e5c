package dev.caravan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReportFaultTest {

    private static final String FAILURES = """
            - routeConfiguration:
                onException:
                  - onException:
                      exception: [java.io.IOException]
                      redeliveryPolicy:
                        retriesExhaustedLogLevel: WARN
                        logStackTrace: false
                        logExhaustedMessageHistory: false
                      steps:
                        - process: {ref: reportUnavailable}
            """;
    private static final String ROUTES = """
            - route: {id: outer, from: {uri: 'direct:outer', steps: [{to: {uri: 'direct:inner'}}, {process: {ref: after}}]}}
            - route: {id: inner, from: {uri: 'direct:inner', steps: [{process: {ref: fail}}, {process: {ref: after}}]}}
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("reportUnavailable", new KernelAutoConfiguration().reportUnavailable());
        context.getRegistry().bind("fail", (Processor) exchange -> {
            throw new java.net.ConnectException("no one at home");
        });
        context.getRegistry().bind("after", (Processor) exchange -> exchange.setProperty("after", true));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString("failures.yaml", FAILURES),
                        ResourceHelper.fromString("routes.yaml", ROUTES));
        context.start();
        log.start();
        ((Logger) LoggerFactory.getLogger("org.apache.camel")).addAppender(log);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger("org.apache.camel")).detachAppender(log);
        context.stop();
    }

    @Test
    void givesTheCallerTheFaultInPlaceOfTheFailure() throws Exception {
        assertThat(call("direct:inner").getException())
                .isInstanceOf(Fault.class)
                .hasMessageContaining("not available");
    }

    @Test
    void endsTheCallingRouteToo() throws Exception {
        Exchange exchange = call("direct:outer");

        assertThat(exchange.getException()).isInstanceOf(Fault.class);
        assertThat(exchange.getProperty("after")).isNull();
    }

    @Test
    void logsTheFailureInOneLine() throws Exception {
        call("direct:outer");

        List<ILoggingEvent> told = List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).getFormattedMessage()).contains("no one at home");
        assertThat(told.get(0).getThrowableProxy()).isNull();
    }

    private Exchange call(String uri) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.request(uri, exchange -> {});
        }
    }
}
