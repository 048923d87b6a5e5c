package dev.caravan.encode.step;

import dev.caravan.encode.encoder.StoryboardMaker;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.picture.UnusablePictureException;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the storyboard of what was encoded, beside it. */
@Component
public class MakeStoryboard implements Processor {

    private final StoryboardMaker maker;

    MakeStoryboard(StoryboardMaker maker) {
        this.maker = maker;
    }

    /** @throws UnusablePictureException when there will be none */
    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException, UnusablePictureException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        maker.make(job.outputFolder(), job.folder());
        job.setStoryboard(true);
    }
}
