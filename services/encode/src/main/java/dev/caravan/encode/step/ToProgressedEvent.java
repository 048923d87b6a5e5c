package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;
import org.springframework.stereotype.Component;

/** Makes the event that says how far an encoding is. */
@Component
public class ToProgressedEvent implements Processor {

    private final ObjectMapper json;

    ToProgressedEvent(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        ProgressReports.Report report = exchange.getMessage().getBody(ProgressReports.Report.class);
        Event event = Event.about(report.attempt(), "VideoEncodingProgressed", json);
        event.data().put("progress", report.percent());
        exchange.getMessage().setBody(event.body());
        exchange.getMessage().setHeader(SpringRabbitMQConstants.CONTENT_TYPE, Event.CONTENT_TYPE);
    }
}
