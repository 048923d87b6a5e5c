package dev.caravan.bench;

import dev.caravan.kernel.Headers;
import dev.caravan.kernel.log.LogContext;
import dev.caravan.kernel.mesh.Traffic;
import dev.caravan.kernel.metrics.NamedSteps;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.micrometer.messagehistory.MicrometerMessageHistoryFactory;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What it costs an exchange to be watched: one that goes through two routes of six steps, of which three have a name, by
 * itself and with each thing that watches it. {@code ./caravan bench} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WatchingBenchmark {

    /** Unwatched, for what services always have together, and for everything. */
    @Param({"nothing", "log", "metrics", "map", "log metrics map", "traces", "log metrics map traces"})
    public String watched;

    private final Map<String, Object> headers = Map.of(
            Headers.REQUEST_ID, "0f8fad5b-d9cb-469f-a165-70867728950e",
            Headers.USER_ID, "7");
    private DefaultCamelContext context;
    private ProducerTemplate template;

    @Test
    void saysWhatWatchingCosts() throws Exception {
        double alone = 0;
        StringBuilder table = new StringBuilder("\n| Watched by | µs an exchange | ratio |\n| --- | --- | --- |\n");
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(WatchingBenchmark.class.getName())
                        .build())
                .run()) {
            double micros = result.getPrimaryResult().getScore();
            String by = result.getParams().getParam("watched");
            alone = by.equals("nothing") ? micros : alone;
            table.append(String.format(Locale.ROOT, "| %s | %.1f | %.2f |%n", by, micros, micros / alone));
        }
        System.out.println(table);
    }

    @Setup
    public void start() throws Exception {
        context = new DefaultCamelContext();
        if (watched.contains("log")) {
            LogContext log = new LogContext();
            context.getCamelContextExtension().addInterceptStrategy(log);
            context.addRoutePolicyFactory(log);
        }
        if (watched.contains("metrics")) {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            MicrometerRoutePolicyFactory routes = new MicrometerRoutePolicyFactory();
            routes.setMeterRegistry(registry);
            context.addRoutePolicyFactory(routes);
            MicrometerMessageHistoryFactory steps = new MicrometerMessageHistoryFactory();
            steps.setMeterRegistry(registry);
            steps.setCamelContext(context);
            context.setMessageHistory(true);
            context.setMessageHistoryFactory(new NamedSteps(steps));
        }
        if (watched.contains("map")) {
            Traffic traffic = new Traffic();
            context.addRoutePolicyFactory(traffic);
            context.getManagementStrategy().addEventNotifier(traffic);
        }
        if (watched.contains("traces")) {
            Tracer tracer = SdkTracerProvider.builder()
                    .addSpanProcessor(BatchSpanProcessor.builder(new Nowhere()).build())
                    .build()
                    .get("benchmark");
            context.getRegistry().bind("tracer", tracer);
            context.getRegistry()
                    .bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
            new OpenTelemetryTracer().init(context);
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:outer")
                        .routeId("outer")
                        .setHeader("a", constant("1"))
                        .process(exchange -> {})
                        .id("check-video")
                        .to("direct:inner")
                        .id("find-video");
                from("direct:inner")
                        .routeId("inner")
                        .setHeader("b", constant("2"))
                        .process(exchange -> {})
                        .id("sign-url")
                        .setBody(constant("answer"));
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @TearDown
    public void stop() {
        context.stop();
    }

    @Benchmark
    public Object exchange() {
        return template.requestBodyAndHeaders("direct:outer", "question", headers);
    }

    private static final class Nowhere implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
