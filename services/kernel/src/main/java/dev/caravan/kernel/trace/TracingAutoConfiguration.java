package dev.caravan.kernel.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces where there is someone to send them to; without, nothing is traced and it costs nothing. */
@AutoConfiguration(
        beforeName = "org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration")
public class TracingAutoConfiguration {

    private static final String NAME = "caravan";

    /** For spans of our own; without anywhere to send them to they are nothing. */
    @Bean
    @ConditionalOnMissingBean
    Tracer noTracer() {
        return OpenTelemetry.noop().getTracer(NAME);
    }

    /** Where {@code caravan.tracing.endpoint} says where to send spans to. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnExpression("!'${caravan.tracing.endpoint}'.isBlank()")
    static class Sent {

        @Bean
        OpenTelemetrySdk openTelemetry(
                @Value("${spring.application.name}") String service,
                @Value("${caravan.tracing.endpoint}") String endpoint,
                @Value("${caravan.tracing.share}") double share,
                @Value("${caravan.tracing.send-period}") Duration period) {
            SdkTracerProvider spans = SdkTracerProvider.builder()
                    .setResource(Resource.getDefault().toBuilder()
                            .put(AttributeKey.stringKey("service.name"), service)
                            .build())
                    .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                    .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                    .setEndpoint(endpoint)
                                    .build())
                            .setScheduleDelay(period)
                            .build())
                    .build();
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(spans)
                    .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                    .build();
        }

        @Bean
        Tracer tracer(OpenTelemetrySdk sdk) {
            return sdk.getTracer(NAME);
        }

        @Bean
        ContextPropagators propagators(OpenTelemetrySdk sdk) {
            return sdk.getPropagators();
        }

        /** A span for each route and each call; it finds tracer and propagators by their types. */
        @Bean
        OpenTelemetryTracer camelTracer(
                CamelContext camel,
                Tracer tracer,
                ContextPropagators propagators,
                @Value("${caravan.tracing.leave-out}") String leaveOut) {
            OpenTelemetryTracer routes = new OpenTelemetryTracer();
            routes.setExcludePatterns(leaveOut);
            routes.init(camel);
            return routes;
        }
    }
}
