package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.FinishedNote;
import dev.caravan.encode.job.Job;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Writes the note and puts the files that are stored last into the body, in their order. */
@Component
public class ListManifests implements Processor {

    private final ObjectMapper json;

    ListManifests(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        json.writeValue(job.outputFolder().resolve(FinishedNote.FILE).toFile(), FinishedNote.of(job));
        exchange.getMessage().setBody(StoredFiles.manifests(job.outputFolder()));
    }
}
