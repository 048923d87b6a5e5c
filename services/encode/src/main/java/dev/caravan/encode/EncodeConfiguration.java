package dev.caravan.encode;

import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.job.RunningJobs;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.Ladder;
import dev.caravan.encode.media.Limits;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.retry.interceptor.RetryOperationsInterceptor;

/** The parts of the service that are no steps of a route. */
@Configuration(proxyBeanMethods = false)
class EncodeConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EncodeConfiguration.class);

    @Bean
    Ladder ladder(EncodeProperties properties) {
        return new Ladder(properties.ladder());
    }

    @Bean
    Limits limits(EncodeProperties properties) {
        return new Limits(properties.maxSize().toBytes(), properties.maxDuration(), properties.maxPixels());
    }

    @Bean
    WorkFolder workFolder(EncodeProperties properties) {
        return WorkFolder.open(properties.workFolder());
    }

    @Bean
    RunningJobs runningJobs(WorkFolder workFolder) {
        return new RunningJobs(workFolder, Clock.systemUTC());
    }

    @Bean
    Programs programs(EncodeProperties properties) {
        return new Programs(properties.niceness(), properties.ffmpegEnvironment());
    }

    /**
     * Gives a message back to its queue when a route ends with an exception, which is when the service stops or not
     * even a failure could be announced. Without it the message is lost: rejected for good, or acknowledged.
     */
    @Bean
    RetryOperationsInterceptor requeueOnFailure() {
        return RetryInterceptorBuilder.stateless()
                .maxAttempts(1)
                .recoverer((message, cause) -> {
                    log.warn(
                            "A message goes back to its queue: {}",
                            NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
                    throw new ImmediateRequeueAmqpException("The message could not be dealt with.", cause);
                })
                .build();
    }

    /** Stores files side by side. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService storePool(EncodeProperties properties) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(properties.storeThreads(), task -> {
            Thread thread = new Thread(task, "encode-store-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
