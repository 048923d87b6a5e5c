package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Delivery;
import dev.caravan.encode.job.MalformedMessageException;
import java.io.IOException;

/**
 * Reads messages as JSON.
 *
 * @param mostBytes that one may have
 */
record Deliveries(long mostBytes, ObjectMapper json) {

    /** @throws MalformedMessageException when it is no JSON, or absurdly large */
    JsonNode tree(Delivery delivery) throws IOException {
        byte[] body = delivery.body();
        if (body.length > mostBytes) {
            throw MalformedMessageException.ofSize(body.length, mostBytes);
        }
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new MalformedMessageException("it is no JSON: " + e.getOriginalMessage());
        }
    }
}
