package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.MalformedMessageException;
import dev.caravan.encode.job.UploadedVideo;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Reads the message; throws {@link MalformedMessageException} when it says nothing that can be acted on. */
@Component
public class ReadUploadedVideo implements Processor {

    private final ObjectMapper json;

    ReadUploadedVideo(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        try {
            exchange.setProperty(Jobs.VIDEO, UploadedVideo.read(json.readTree(body == null ? new byte[0] : body)));
        } catch (JacksonException e) {
            throw new MalformedMessageException("it is no JSON: " + e.getOriginalMessage());
        }
    }
}
