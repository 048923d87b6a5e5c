package dev.caravan.encode;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.encoder.TextReader;
import dev.caravan.encode.ffmpeg.JailSearch;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.job.RunningJobs;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.Ladder;
import dev.caravan.encode.media.Limits;
import dev.caravan.encode.picture.Pictures;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the service that are no steps of a route. */
@Configuration(proxyBeanMethods = false)
class EncodeConfiguration {

    @Bean
    Ladder ladder(EncodeProperties properties) {
        return new Ladder(properties.ladder());
    }

    @Bean
    Limits limits(EncodeProperties properties) {
        return properties.limits();
    }

    @Bean
    WorkFolder workFolder(EncodeProperties properties) {
        return WorkFolder.open(properties.workFolder());
    }

    @Bean
    RunningJobs runningJobs(WorkFolder workFolder, EncodeProperties properties) {
        return new RunningJobs(
                workFolder, properties.concurrency(), properties.lease(), Clock.systemUTC(), System::nanoTime);
    }

    @Bean
    Programs programs(EncodeProperties properties, @Value("${caravan.production}") boolean production) {
        return new JailSearch(
                        properties.niceness(),
                        properties.ffmpeg(),
                        properties.ffprobe(),
                        properties.ffmpegEnvironment())
                .find(properties.jail(), production);
    }

    @Bean
    Encoder encoder(EncodeProperties properties, Limits limits, Programs programs, ObjectMapper json, Tracer tracer) {
        return new Encoder(properties, limits, programs, json, tracer);
    }

    @Bean
    TextReader textReader(
            EncodeProperties properties, Limits limits, Programs programs, ObjectMapper json, Tracer tracer) {
        return new TextReader(properties, limits, programs, json, tracer);
    }

    @Bean
    Pictures pictures(EncodeProperties properties, Programs programs, ObjectMapper json, Tracer tracer) {
        return new Pictures(properties, programs, json, tracer);
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
