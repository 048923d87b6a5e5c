package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Reads the row of a job whose lease is over. */
@Component
public class ReadLostJob implements Processor {

    private final ObjectMapper json;

    ReadLostJob(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        exchange.setProperty(Jobs.ATTEMPT, Jobs.read(exchange.getMessage().getBody(Map.class), json));
    }
}
