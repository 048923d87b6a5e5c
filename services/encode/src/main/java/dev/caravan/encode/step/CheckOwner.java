package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Lets the row of a job pass that is there, and is the caller's or asked for by an administrator. */
@Component
public class CheckOwner implements Processor {

    /** The property that keeps the row. */
    static final String ROW = "row";

    private final ObjectMapper json;

    CheckOwner(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        if (row == null) {
            throw Fault.notFound("ENCODING_UNKNOWN", "There is no encoding of such a video.");
        }
        String caller = exchange.getMessage().getHeader(Headers.USER_ID, String.class);
        String role = exchange.getMessage().getHeader(Headers.USER_ROLE, String.class);
        if (!Headers.ADMIN.equals(role) && !String.valueOf(row.get("user_id")).equals(caller)) {
            throw Fault.forbidden("NOT_YOUR_VIDEO", "This video is somebody else's.");
        }
        exchange.setProperty(ROW, row);
        exchange.setProperty(Jobs.ATTEMPT, Jobs.read(row, json));
    }
}
