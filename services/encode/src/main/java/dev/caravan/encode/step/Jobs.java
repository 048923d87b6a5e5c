package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Delivery;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.UploadedVideo;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;

/** Where an exchange keeps what belongs to its job. */
final class Jobs {

    /** The {@link Job}, where this worker works at it. */
    static final String JOB = "job";
    /** The {@link Attempt}. */
    static final String ATTEMPT = "attempt";
    /** The message as it came, a {@link Delivery}. */
    static final String DELIVERY = "delivery";
    /** The queue that it came from. */
    static final String QUEUE = "queue";

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private Jobs() {}

    static Job of(Exchange exchange) {
        return exchange.getProperty(JOB, Job.class);
    }

    static Attempt attempt(Exchange exchange) {
        return exchange.getProperty(ATTEMPT, Attempt.class);
    }

    static Delivery delivery(Exchange exchange) {
        return exchange.getProperty(DELIVERY, Delivery.class);
    }

    /** Reads the row of a job: its delivery, headers and attempt. */
    static Attempt read(Map<?, ?> row, ObjectMapper json) throws IOException {
        byte[] body = (byte[]) Objects.requireNonNull(row.get("delivery"));
        Map<String, String> headers = json.readValue(String.valueOf(row.get("headers")), HEADERS);
        int number = ((Number) Objects.requireNonNull(row.get("attempt"))).intValue();
        return new Attempt(UploadedVideo.read(json.readTree(body)), number, Delivery.of(body, headers));
    }

    static String json(Map<String, String> headers, ObjectMapper json) throws JsonProcessingException {
        return json.writeValueAsString(headers);
    }
}
