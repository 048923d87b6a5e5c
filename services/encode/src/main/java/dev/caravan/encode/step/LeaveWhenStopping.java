package dev.caravan.encode.step;

import dev.caravan.encode.ffmpeg.Programs;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Throws what was caught when the service is stopping: then it says nothing about the video, and the message goes back
 * to its queue for the next worker.
 */
@Component
public class LeaveWhenStopping implements Processor {

    private final Programs programs;

    LeaveWhenStopping(Programs programs) {
        this.programs = programs;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (programs.isStopped()) {
            throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        }
    }
}
