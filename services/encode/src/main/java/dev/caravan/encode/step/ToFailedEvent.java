package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.media.Refusal;
import dev.caravan.kernel.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the event that a video could not be encoded: by its own fault, or the platform's when none was stated. */
@Component
public class ToFailedEvent implements Processor {

    private final ObjectMapper json;
    private final MeterRegistry meters;

    ToFailedEvent(ObjectMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Fault stated = Fault.in(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        Fault fault = stated == null ? Refusal.SERVICE_FAULT.fault() : stated;
        Event event = Event.about(Jobs.video(exchange), "VideoEncodingFailed", json);
        event.data().put("reason", fault.reason()).put("failure", fault.getMessage());
        event.writeTo(exchange.getMessage(), json);
        meters.counter("encode.failures", "reason", fault.reason()).increment();
    }
}
