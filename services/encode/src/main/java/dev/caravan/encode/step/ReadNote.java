package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.FinishedNote;
import dev.caravan.encode.job.Job;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes the result of an earlier encoding from the note in the body, when that was made of the same file. */
@Component
public class ReadNote implements Processor {

    private static final Logger log = LoggerFactory.getLogger(ReadNote.class);

    private final ObjectMapper json;

    ReadNote(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            FinishedNote note = json.readValue(body, FinishedNote.class);
            if (note.answers(job)) {
                job.setEncoded(note.encoded());
            }
        } catch (JacksonException e) {
            log.warn(
                    "The note {} cannot be read, the video is encoded again: {}",
                    job.noteKey(),
                    e.getOriginalMessage());
        }
    }
}
