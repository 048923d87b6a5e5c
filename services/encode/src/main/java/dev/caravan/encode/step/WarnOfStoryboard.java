package dev.caravan.encode.step;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Tells the owner that the player of his video shows no pictures of places to go to. */
@Component
public class WarnOfStoryboard implements Processor {

    @Override
    public void process(Exchange exchange) {
        Jobs.of(exchange).warn("The storyboard could not be made; the player shows no previews.");
    }
}
