package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.WorkFolder;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the job's output folder, empty: a repeated run must not find files of the one before. */
@Component
public class OpenOutput implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        WorkFolder.empty(job.outputFolder());
        job.setGrowth(null);
        job.setEncodingSeconds(0);
    }
}
