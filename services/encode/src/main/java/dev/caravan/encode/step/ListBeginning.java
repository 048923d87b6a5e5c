package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the names of the stored files into the body that the largest size of a video begins with. */
@Component
public class ListBeginning implements Processor {

    /** Together they are a file that can be decoded. */
    static final List<String> FILES = List.of("init-0.mp4", "segment-0-00001.m4s");

    @Override
    public void process(Exchange exchange) {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        exchange.getMessage().setBody(FILES);
    }
}
