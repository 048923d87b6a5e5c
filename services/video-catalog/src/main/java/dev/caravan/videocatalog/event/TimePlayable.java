package dev.caravan.videocatalog.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Measures how long a video took from its acceptance until it can be played: the seconds in the body, or none. */
@Component
final class TimePlayable implements Processor {

    private static final Logger log = LoggerFactory.getLogger(TimePlayable.class);
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Timer timer;

    TimePlayable(MeterRegistry meters) {
        timer = meters.timer("video.time.to.playable");
    }

    @Override
    public void process(Exchange exchange) {
        Number seconds = exchange.getMessage().getBody(Number.class);
        if (seconds != null) {
            log.info("It can be played {} s after it was accepted", seconds);
            // Two clocks: that of the uploads' database and that of this one.
            timer.record(Math.max(0, (long) (seconds.doubleValue() * NANOS)), TimeUnit.NANOSECONDS);
        }
    }
}
