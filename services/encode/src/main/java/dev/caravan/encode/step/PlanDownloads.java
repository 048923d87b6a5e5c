package dev.caravan.encode.step;

import dev.caravan.encode.presentation.Downloads;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Reads from the playlist that was fetched what a video is downloaded as. */
@Component
public class PlanDownloads implements Processor {

    /** The property with the {@link Downloads}. */
    static final String DOWNLOADS = "downloads";

    /** The property with the {@link Downloads.Size} at hand. */
    static final String SIZE = "size";

    static Downloads of(Exchange exchange) {
        return exchange.getProperty(DOWNLOADS, Downloads.class);
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        exchange.setProperty(
                DOWNLOADS,
                Downloads.of(
                        Jobs.of(exchange).outputFolder(), exchange.getProperty(OpenDownloads.TITLE, String.class)));
    }
}
