package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.picture.UnusablePictureException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Tells the owner why the picture that he sent is not shown: an {@link UnusablePictureException}, or the store's refusal. */
@Component
public class WarnOfThumbnail implements Processor {

    /** What the object store's refusal of a conditional request means, too. */
    static final String CHANGED = "was changed after it was checked";

    @Override
    public void process(Exchange exchange) {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String why = caught instanceof UnusablePictureException ? caught.getMessage() : CHANGED;
        Job job = Jobs.of(exchange);
        job.warn("The thumbnail " + why + "; a picture of the video is shown instead.");
        exchange.getMessage().setBody(null);
        // Camel marks an exchange whose repetitions are used up, and would repeat none of the steps that follow.
        exchange.getExchangeExtension().setFailureHandled(false);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
    }
}
