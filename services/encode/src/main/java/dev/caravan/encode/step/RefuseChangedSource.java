package dev.caravan.encode.step;

import dev.caravan.encode.media.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Refuses a raw file that was put in the place of the one that was checked. */
@Component
public class RefuseChangedSource implements Processor {

    @Override
    public void process(Exchange exchange) {
        throw Refusal.CHANGED.fault();
    }
}
