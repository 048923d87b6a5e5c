package dev.caravan.kernel.metrics;

import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.MessageHistoryFactory;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** What every service measures. */
@AutoConfiguration
@ConditionalOnClass({MeterRegistry.class, HealthEndpoint.class})
public class MetricsAutoConfiguration {

    /** A gauge is no number any more after as many periods without a measurement. */
    private static final int LIFETIME_PERIODS = 4;

    /** Before the one that measures, where there is one. */
    @Bean
    CamelContextConfiguration namedSteps() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                MessageHistoryFactory measuring = camel.getMessageHistoryFactory();
                if (Boolean.TRUE.equals(camel.isMessageHistory()) && measuring != null) {
                    camel.setMessageHistoryFactory(new NamedSteps(measuring));
                }
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // It is set before.
            }
        };
    }

    /** The path as the contract has it: Camel maps each with all that is below it. */
    @Bean
    MeterFilter plainPaths() {
        return MeterFilter.replaceTagValues("uri", uri -> uri.replace("/{*matchOnUriPrefix}", ""));
    }

    /** The status says it. */
    @Bean
    MeterFilter fewTags() {
        return MeterFilter.ignoreTags("error", "exception", "outcome");
    }

    /** Camel's own come with the notifier of all exchanges, whose other meters Prometheus refuses. */
    @Bean
    LifecycleStrategy inFlightMeters(MeterRegistry registry) {
        return new InFlightMeters(registry);
    }

    /** Every gRPC call that comes, by method and status. */
    @Bean
    ServerInterceptor grpcServerMeters(MeterRegistry registry) {
        return new MetricCollectingServerInterceptor(registry);
    }

    /** Every gRPC call that goes, by method and status. */
    @Bean
    ClientInterceptor grpcClientMeters(MeterRegistry registry) {
        return new MetricCollectingClientInterceptor(registry);
    }

    /** A service without a health endpoint of its own, which is the gateway, is well while its routes run. */
    @Bean
    HealthMeters healthMeters(
            ObjectProvider<HealthEndpoint> endpoint,
            CamelContext camel,
            @Value("${caravan.measure-period}") Duration period) {
        return new HealthMeters(
                () -> {
                    HealthEndpoint found = endpoint.getIfAvailable();
                    return found != null ? found.health() : health(camel);
                },
                period);
    }

    private static Health health(CamelContext camel) {
        return camel.getStatus().isStarted()
                ? Health.up().build()
                : Health.down().build();
    }

    /** For a route that measures what only its database knows. */
    @Bean
    Processor recordGauges(MeterRegistry registry, @Value("${caravan.measure-period}") Duration period) {
        return new RecordGauges(registry, Clock.systemUTC(), period.multipliedBy(LIFETIME_PERIODS));
    }
}
